using System;
using System.Collections.Generic;
using System.Linq;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// One way to cut any text: a pattern of chunk lengths. Once the pattern is through, it starts again, or the rest is one last chunk.
/// A padded chunking presents each chunk in the middle of garbage, and overwrites it when the next one is asked for.
/// </summary>
/// <remarks>Deliberately not serialisable by xunit: theories over it are expanded when they run, not when they are discovered.</remarks>
public sealed class Chunking
{
    private const byte Garbage = 0xDB;
    private const int Padding = 3;

    private readonly string _name;
    private readonly int[] _lengths;
    private readonly bool _repeats;

    private Chunking(string name, int[] lengths, bool repeats, bool isPadded = false)
    {
        if (lengths.Any(length => length < 0) || (repeats && lengths.Sum() == 0))
        {
            throw new ArgumentException("The lengths must cover a text.", nameof(lengths));
        }

        _name = name;
        _lengths = lengths;
        _repeats = repeats;
        IsPadded = isPadded;
    }

    public static Chunking Whole { get; } = new("whole", [], repeats: false);

    public static Chunking Bytes { get; } = new("bytes", [1], repeats: true);

    /// <summary>Byte by byte, with an empty chunk before and after each.</summary>
    public static Chunking BytesAndEmpty { get; } = new("bytes+empty", [0, 1, 0], repeats: true);

    public bool IsPadded { get; }

    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Chunks of <paramref name="size"/> bytes; the last may be shorter.</summary>
    public static Chunking Every(int size) => new($"every {size}", [size], repeats: true);

    /// <summary>Cuts at these offsets, in ascending order.</summary>
    public static Chunking At(params int[] offsets) => new(
        $"{(offsets.Length == 1 ? "cut" : "cuts")} {string.Join(',', offsets)}",
        [.. offsets.Select((offset, i) => i == 0 ? offset : offset - offsets[i - 1])],
        repeats: false);

    /// <summary>Chunks of these lengths, again and again until the text is used up.</summary>
    public static Chunking Pattern(params int[] lengths) => new($"pattern {string.Join(',', lengths)}", [.. lengths], repeats: true);

    public Chunking Padded() => new(_name, _lengths, _repeats, isPadded: true);

    /// <summary>The chunks of a text, empty ones included. A padded chunk is valid until the next one is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Split(byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPadded ? Pad(Cut(text)) : Cut(text);
    }

    public override string ToString() => IsPadded ? _name + " padded" : _name;

    private IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] text)
    {
        int start = 0;
        for (int i = 0; start < text.Length || !AtRest(i); i++)
        {
            int left = text.Length - start;
            int length = !_repeats && i >= _lengths.Length ? left : Math.Min(_lengths[i % _lengths.Length], left);
            yield return text.AsMemory(start, length);
            start += length;
        }
    }

    /// <summary>With the text used up, empty chunks that the pattern still asks for are given too; an empty text is one empty chunk.</summary>
    private bool AtRest(int i) => _lengths.Length == 0 ? i > 0 : i > 0 && (i % _lengths.Length == 0 || _lengths[i % _lengths.Length] > 0);

    private static IEnumerable<ReadOnlyMemory<byte>> Pad(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            var buffer = new byte[Padding + chunk.Length + Padding];
            buffer.AsSpan().Fill(Garbage);
            chunk.CopyTo(buffer.AsMemory(Padding));
            try
            {
                yield return buffer.AsMemory(Padding, chunk.Length);
            }
            finally
            {
                buffer.AsSpan().Fill(Garbage);
            }
        }
    }
}
