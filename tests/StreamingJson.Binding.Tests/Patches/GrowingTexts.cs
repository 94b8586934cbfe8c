using System;
using System.Buffers;
using FsCheck;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Binding.Tests;

/// <summary>Texts that grow chunk by chunk, with what may be seen of them each time by an oracle of its own.</summary>
internal static class GrowingTexts
{
    /// <summary>All that may stand in a document: repeated names, surrogates without partner, comments, trailing commas.</summary>
    public static Arbitrary<JsonText> Documents { get; } = Generators.DocumentsWith(new DocumentOptions
    {
        Comments = true,
        TrailingCommas = true,
        DuplicateNames = true,
        UnpairedSurrogates = true,
    });

    public static StreamingJsonOptions Lenient { get; } =
        new() { SkipComments = true, AllowTrailingCommas = true, AllowMultipleValues = true };

    /// <summary>Calls back after each chunk and after the end: with the snapshot, and with the value that the oracle sees then.</summary>
    public static void Read(byte[] text, Chunking chunking, Action<JsonSnapshot, GrowingValue?> look, StreamingJsonOptions? options = null)
    {
        using var parser = new StreamingJsonParser(options ?? Lenient);
        int received = 0;
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            parser.Append(chunk.Span);
            received += chunk.Length;
            look(parser.Snapshot, GrowingValueOracle.Snapshot(text.AsSpan(0, received)));
        }

        parser.EnsureComplete();
        look(parser.Snapshot, GrowingValueOracle.Snapshot(text, isEnded: true));
    }

    /// <summary>What a batch wrote; empty for nothing.</summary>
    public static ReadOnlySpan<byte> Batch(JsonPatchWriter writer, JsonSnapshot snapshot)
    {
        var batch = new ArrayBufferWriter<byte>();
        bool hasWritten = writer.TryWrite(snapshot, batch);
        return hasWritten == batch.WrittenCount > 0 ? batch.WrittenSpan : throw new InvalidOperationException("The answer is wrong.");
    }
}
