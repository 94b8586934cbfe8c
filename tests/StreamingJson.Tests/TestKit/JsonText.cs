using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace StreamingJson.Tests.TestKit;

/// <summary>A text that FsCheck made: bytes, readable in a failure message, with smaller texts to try instead.</summary>
public sealed class JsonText
{
    private readonly JsonTree? _tree;
    private readonly JsonLayout _layout = JsonLayout.Compact;

    /// <summary>Bytes that need not be JSON; they shrink by cutting pieces out.</summary>
    public JsonText(byte[] bytes) => Bytes = bytes;

    internal JsonText(JsonTree tree, JsonLayout layout)
    {
        _tree = tree;
        _layout = layout;
        Bytes = Encoding.UTF8.GetBytes(layout.Write(tree));
    }

    public byte[] Bytes { get; }

    public static implicit operator ReadOnlySpan<byte>(JsonText text) => text.Bytes;

    public ReadOnlySpan<byte> ToReadOnlySpan() => Bytes;

    /// <summary>A document shrinks to valid documents: plainer layout, parts of itself, fewer or smaller children.</summary>
    public IEnumerable<JsonText> Shrink() => _tree is null
        ? Without(Bytes).Select(bytes => new JsonText(bytes))
        : _layout.Shrink().Select(layout => new JsonText(_tree, layout))
            .Concat(_tree.Shrink().Select(tree => new JsonText(tree, _layout)));

    /// <summary>As a C# string literal; what is not ASCII, or not UTF-8, byte by byte.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Bytes.Length} bytes: ");
        foreach (byte b in Bytes)
        {
            _ = b is >= 0x20 and < 0x7F ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"<{b:X2}>");
        }

        return text.ToString();
    }

    private static IEnumerable<byte[]> Without(byte[] bytes)
    {
        for (int piece = bytes.Length / 2; piece > 0; piece /= 2)
        {
            for (int start = 0; start + piece <= bytes.Length; start += piece)
            {
                yield return [.. bytes[..start], .. bytes[(start + piece)..]];
            }
        }
    }
}

/// <summary>A value as it is written: the source of a <see cref="JsonText"/>.</summary>
internal abstract record JsonTree
{
    public abstract IEnumerable<JsonTree> Shrink();

    /// <summary>Each list with one element less, then each with one element smaller.</summary>
    protected static IEnumerable<T[]> ShrinkList<T>(T[] list, Func<T, IEnumerable<T>> shrink)
    {
        for (int i = 0; i < list.Length; i++)
        {
            yield return [.. list[..i], .. list[(i + 1)..]];
        }

        for (int i = 0; i < list.Length; i++)
        {
            foreach (T smaller in shrink(list[i]))
            {
                yield return [.. list[..i], smaller, .. list[(i + 1)..]];
            }
        }
    }
}

/// <summary>A number or a literal.</summary>
internal sealed record JsonScalar(string Raw) : JsonTree
{
    public override IEnumerable<JsonTree> Shrink() => Raw == "0" ? [] : [new JsonScalar("0")];
}

/// <summary>A string, in pieces that may be left out one by one: a run of letters, or one escape (a pair of them) and nothing else.</summary>
internal sealed record JsonString(string[] Pieces) : JsonTree
{
    public string Raw => '"' + string.Concat(Pieces) + '"';

    public string Text => GrowingText.Decode(Encoding.UTF8.GetBytes(string.Concat(Pieces)), isClosed: true);

    public override IEnumerable<JsonTree> Shrink() => ShrinkPieces();

    public IEnumerable<JsonString> ShrinkPieces()
    {
        if (Pieces.Length > 2)
        {
            yield return new JsonString(Pieces[..(Pieces.Length / 2)]);
            yield return new JsonString(Pieces[(Pieces.Length / 2)..]);
        }

        foreach (string[] fewer in ShrinkList(Pieces, Halves))
        {
            // A piece of one code unit that is half a pair would not be UTF-8.
            if (!fewer.Any(piece => piece.Length == 1 && char.IsSurrogate(piece[0])))
            {
                yield return new JsonString(fewer);
            }
        }
    }

    private static string[] Halves(string piece) =>
        piece.Length > 1 && piece[0] != '\\' ? [piece[..(piece.Length / 2)], piece[(piece.Length / 2)..]] : [];
}

internal sealed record JsonArray(JsonTree[] Items) : JsonTree
{
    public override IEnumerable<JsonTree> Shrink() =>
        Items.Concat(ShrinkList(Items, item => item.Shrink()).Select(items => new JsonArray(items)));
}

internal sealed record JsonMember(JsonString Name, JsonTree Value);

internal sealed record JsonObject(JsonMember[] Members) : JsonTree
{
    public bool HasDuplicates => Members.DistinctBy(m => m.Name.Text).Count() < Members.Length;

    public override IEnumerable<JsonTree> Shrink() =>
        Members.Select(m => m.Value).Concat(ShrinkList(Members, ShrinkMember)
            .Select(members => new JsonObject(members))
            .Where(smaller => HasDuplicates || !smaller.HasDuplicates));

    private static IEnumerable<JsonMember> ShrinkMember(JsonMember member) =>
        member.Value.Shrink().Select(value => member with { Value = value })
            .Concat(member.Name.ShrinkPieces().Select(name => member with { Name = name }));
}
