using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace StreamingJson.Tests.TestKit;

/// <summary>What a generated document may contain beyond what everybody agrees on.</summary>
public sealed record DocumentOptions
{
    public static DocumentOptions Default { get; } = new();

    /// <summary>Surrogate escapes without a partner; without this, surrogates come in pairs.</summary>
    public bool UnpairedSurrogates { get; init; }

    /// <summary>The same name (perhaps escaped differently) more than once in an object; without this, names differ.</summary>
    public bool DuplicateNames { get; init; }

    /// <summary>Comments where System.Text.Json takes them, that is everywhere except between a name and its colon.</summary>
    public bool Comments { get; init; }

    public bool TrailingCommas { get; init; }

    public int MaxDepth { get; init; } = 6;
}

/// <summary>FsCheck's view of JSON: documents, damaged documents, and ways to cut them.</summary>
public static class Generators
{
    private static readonly byte[][] Insertions =
    [
        .. "\" \\ { } [ ] , : - 0 . e true nul \\u \\uD8 \\uDC00 // /* */ \0 \n \u007F \u2028 \uFEFF é €".Split(' ').Select(Encoding.UTF8.GetBytes),
        [0x80], [0xC0], [0xC3], [0xE0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90], [0xFF],
    ];

    /// <summary>Valid documents with roots of every kind; nothing in them that readers disagree about.</summary>
    public static Arbitrary<JsonText> Documents { get; } = DocumentsWith(DocumentOptions.Default);

    /// <summary>Valid documents in which surrogate escapes may stand alone.</summary>
    public static Arbitrary<JsonText> DocumentsWithUnpairedSurrogates { get; } =
        DocumentsWith(new DocumentOptions { UnpairedSurrogates = true });

    /// <summary>Valid documents in which names may be repeated.</summary>
    public static Arbitrary<JsonText> DocumentsWithDuplicateNames { get; } = DocumentsWith(new DocumentOptions { DuplicateNames = true });

    /// <summary>Documents after one to three mutations: most are invalid, some are still valid.</summary>
    public static Arbitrary<JsonText> Mutations { get; } = MutationsOf(Documents);

    /// <summary>Ways to cut any text: short chunks mostly, empty ones among them, padded or not.</summary>
    public static Arbitrary<Chunking> Cuts { get; } = Arb.From(GenerateCuts(), ShrinkCuts);

    public static Arbitrary<JsonText> DocumentsWith(DocumentOptions options) =>
        Arb.From(new DocumentGenerator(options).Document(), text => text.Shrink());

    public static Arbitrary<JsonText> MutationsOf(Arbitrary<JsonText> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        Gen<byte[]> bytes = documents.Generator.Select(text => text.Bytes);
        Gen<byte[]> mutated =
            from original in bytes
            from other in bytes
            from times in Gen.Choose(1, 3)
            from result in Mutate(original, other, times)
            select result;
        return Arb.From(mutated.Select(text => new JsonText(text)), text => text.Shrink());
    }

    private static Gen<byte[]> Mutate(byte[] text, byte[] other, int times) => times == 0
        ? Gen.Constant(text)
        : Gen.OneOf(Flip(text), Delete(text), Insert(text), Truncate(text), Splice(text, other)).SelectMany(t => Mutate(t, other, times - 1));

    private static Gen<int> Offset(byte[] text) => Gen.Choose(0, text.Length);

    private static Gen<byte[]> Flip(byte[] text) => text.Length == 0
        ? Gen.Constant(text)
        : from at in Gen.Choose(0, text.Length - 1)
          from bits in Gen.Choose(1, 255)
          select (byte[])[.. text[..at], (byte)(text[at] ^ bits), .. text[(at + 1)..]];

    private static Gen<byte[]> Delete(byte[] text) =>
        from at in Offset(text)
        from length in Gen.Choose(1, 4)
        select (byte[])[.. text[..at], .. text[Math.Min(text.Length, at + length)..]];

    private static Gen<byte[]> Insert(byte[] text) =>
        from at in Offset(text)
        from inserted in Gen.Elements(Insertions)
        select (byte[])[.. text[..at], .. inserted, .. text[at..]];

    private static Gen<byte[]> Truncate(byte[] text) => Offset(text).Select(at => text[..at]);

    private static Gen<byte[]> Splice(byte[] text, byte[] other) =>
        from end in Offset(text)
        from start in Offset(other)
        select (byte[])[.. text[..end], .. other[start..]];

    private static Gen<Chunking> GenerateCuts()
    {
        Gen<int> length = Gen.Frequency((2, Gen.Constant(0)), (12, Gen.Choose(1, 8)), (2, Gen.Choose(9, 64)), (1, Gen.Choose(65, 1024)));
        return
            from count in Gen.Choose(1, 32)
            from lengths in length.ArrayOf(count)
            from atLeastOne in Gen.Choose(1, 8)
            from isPadded in Gen.Elements(false, true)
            let chunking = Chunking.Pattern([.. lengths, atLeastOne])
            select isPadded ? chunking.Padded() : chunking;
    }

    private static IEnumerable<Chunking> ShrinkCuts(Chunking chunking)
    {
        if (chunking.IsPadded)
        {
            yield return Chunking.Pattern([.. chunking.Lengths]);
        }

        int[] lengths = [.. chunking.Lengths];
        for (int i = 0; i < lengths.Length && lengths.Length > 1; i++)
        {
            int[] fewer = [.. lengths[..i], .. lengths[(i + 1)..]];
            if (fewer.Sum() > 0)
            {
                yield return chunking.IsPadded ? Chunking.Pattern(fewer).Padded() : Chunking.Pattern(fewer);
            }
        }
    }
}
