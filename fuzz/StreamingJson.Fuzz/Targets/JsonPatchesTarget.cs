using System;
using System.Buffers;
using StreamingJson.Binding;
using StreamingJson.Binding.Tests;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Patches: a client that applies them by the letter of RFC 6902 has, after each chunk, the value that the plain rules say.</summary>
internal sealed class JsonPatchesTarget() : FuzzTarget("json-patches", "after each chunk, an applier of RFC 6902 has the value that the plain rules say; a late one gets the same")
{
    private const int OperationPerLine = JsonFlags.MultipleValues; // the oracle reads the first root only
    private const int StandardOnly = 1 << 7;

    public override int MaxLength => 256;

    public override void Run(FuzzInput input)
    {
        using var parser = new StreamingJsonParser(JsonFlags.OptionsOf(input, except: JsonFlags.MultipleValues));
        var options = new JsonPatchOptions { StandardOnly = input.Has(StandardOnly), OperationPerLine = input.Has(OperationPerLine) };
        using var writer = new JsonPatchWriter(options);
        var client = new PatchedDocument();
        int taken = 0;
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            bool isValid = parser.TryAppend(chunk.Span);
            taken += chunk.Length;
            Follow(writer, parser, client, options, input.Document.AsSpan(0, isValid ? taken : (int)parser.Error!.ByteOffset), isEnded: false);
            if (!isValid)
            {
                break;
            }
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            Follow(writer, parser, client, options, input.Document, isEnded: true);
        }

        using var late = new JsonPatchWriter(options);
        var other = new PatchedDocument();
        Apply(late, parser, other, options);
        Assert.Equal(client.HasValue, other.HasValue);
        Assert.Equal(client.Value.InOrderOfNames(), other.Value.InOrderOfNames());
    }

    private static void Follow(JsonPatchWriter writer, StreamingJsonParser parser, PatchedDocument client, JsonPatchOptions options, ReadOnlySpan<byte> prefix, bool isEnded)
    {
        Apply(writer, parser, client, options);
        GrowingValue? expected = GrowingValueOracle.Snapshot(prefix, isEnded);
        Assert.Equal(expected is not null, client.HasValue);
        if (expected is not null)
        {
            Assert.Equal(expected.LastWins().InOrderOfNames(), client.Value.InOrderOfNames());
        }
    }

    private static void Apply(JsonPatchWriter writer, StreamingJsonParser parser, PatchedDocument client, JsonPatchOptions options)
    {
        var batch = new ArrayBufferWriter<byte>();
        Assert.Equal(writer.TryWrite(parser.Snapshot, batch), batch.WrittenCount > 0);
        if (batch.WrittenCount > 0 && options.OperationPerLine)
        {
            client.ApplyLines(batch.WrittenSpan);
        }
        else if (batch.WrittenCount > 0)
        {
            client.ApplyArray(batch.WrittenSpan);
        }
    }
}
