using System;
using System.Collections.Generic;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Fuzz.Engine;

/// <summary>What the bytes of an input mean. Every sequence of bytes is an input.</summary>
/// <remarks>
/// <code>
///   0        1          2          2 + n
///   flags  | n: 0..15 | n lengths | document
/// </code>
/// Flags are the target's. The lengths cut the document into chunks: a length of 0 is an empty chunk, when all are used up the first comes again; no
/// length at all, or none but zeros, leaves it whole. Of the second byte the low four bits count; what is missing is empty.
/// </remarks>
internal readonly struct FuzzInput
{
    /// <summary>The most lengths there are.</summary>
    public const int MaxCuts = 15;

    public FuzzInput(ReadOnlySpan<byte> bytes)
    {
        int cuts = bytes.Length < 2 ? 0 : Math.Min(bytes[1] & MaxCuts, bytes.Length - 2);
        Flags = bytes.Length == 0 ? (byte)0 : bytes[0];
        Cuts = bytes.Length < 2 ? [] : bytes.Slice(2, cuts).ToArray();
        Document = bytes.Length < 2 ? [] : bytes[(2 + cuts)..].ToArray();
    }

    public byte Flags { get; }

    public byte[] Cuts { get; }

    public byte[] Document { get; }

    /// <summary>Whether the document comes in one piece.</summary>
    public bool IsWhole => !Cuts.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>The cuts in the words of the tests.</summary>
    public Chunking Chunking => IsWhole ? Chunking.Whole : Chunking.Pattern(Array.ConvertAll(Cuts, length => (int)length));

    public bool Has(int flag) => (Flags & flag) != 0;

    /// <summary>The chunks, empty ones included.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks() => Chunking.Split(Document);

    /// <summary>A document as an input.</summary>
    public static byte[] Encode(byte flags, ReadOnlySpan<byte> cuts, ReadOnlySpan<byte> document) => [flags, (byte)cuts.Length, .. cuts, .. document];

    /// <summary>Where the document begins in an input.</summary>
    public static int DocumentStart(ReadOnlySpan<byte> bytes) => bytes.Length < 2 ? bytes.Length : 2 + Math.Min(bytes[1] & MaxCuts, bytes.Length - 2);
}
