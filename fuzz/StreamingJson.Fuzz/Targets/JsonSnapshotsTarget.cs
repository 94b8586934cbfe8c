using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Laws 2 to 5 and 8: what each snapshot shows is what the plain rules say of the bytes so far; completions come once; old snapshots stay.</summary>
internal sealed class JsonSnapshotsTarget() : FuzzTarget("json-snapshots", "laws 2-5, 8: after each chunk the snapshot, the token in flight and the completions are what the plain rules say")
{
    private const int MostPointers = 4;

    public override int MaxLength => 256;

    public override void Run(FuzzInput input)
    {
        StreamingJsonOptions options = JsonFlags.OptionsOf(input, except: JsonFlags.MultipleValues);
        using var parser = new StreamingJsonParser(options);
        List<JsonPointerReader> readers = ReadersOf(input.Document, options);
        List<(int Start, int End)> completed = [];
        JsonSnapshot old = default;
        string? oldPrint = null;
        int taken = 0;
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            bool isValid = parser.TryAppend(chunk.Span);
            taken += chunk.Length;
            AddCompletions(parser, completed);
            readers.ForEach(reader => Look(parser.Snapshot, reader));
            Look(parser, input.Document.AsSpan(0, isValid ? taken : (int)parser.Error!.ByteOffset), isEnded: false, completed);
            if (!isValid)
            {
                break;
            }

            if (oldPrint is null && parser.Snapshot.HasValue)
            {
                old = parser.Snapshot;
                oldPrint = Observed.Print(old);
            }
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            AddCompletions(parser, completed);
            Look(parser, input.Document, isEnded: true, completed);
        }

        if (oldPrint is not null)
        {
            Assert.Equal(oldPrint, Observed.Print(old));
            readers.ForEach(reader => Look(old, reader));
        }
    }

    // Of the last values that the document has.
    private static List<JsonPointerReader> ReadersOf(byte[] document, StreamingJsonOptions options)
    {
        using var parser = new StreamingJsonParser(options);
        parser.TryAppend(document);
        IEnumerable<PartialJsonElement> values = Observed.ValuesPostOrder(parser.Snapshot);
        return [.. values.TakeLast(MostPointers).Select(value => new JsonPointerReader(value.GetPointer()))];
    }

    private static void Look(JsonSnapshot snapshot, JsonPointerReader reader)
    {
        bool isThere = snapshot.TryGetElement(reader.Pointer, out PartialJsonElement expected);
        Assert.Equal(isThere, reader.TryGetElement(snapshot, out PartialJsonElement found));
        Assert.Equal(isThere ? expected.ByteRange : default, isThere ? found.ByteRange : default);
    }

    private static void AddCompletions(StreamingJsonParser parser, List<(int Start, int End)> completed)
    {
        foreach (JsonEvent e in parser.Events)
        {
            if (e.Kind == JsonEventKind.Completed)
            {
                Assert.True(e.Element.IsComplete);
                completed.Add(e.ByteRange);
            }
        }
    }

    private static void Look(StreamingJsonParser parser, ReadOnlySpan<byte> prefix, bool isEnded, List<(int Start, int End)> completed)
    {
        JsonSnapshot snapshot = parser.Snapshot;
        Assert.Equal(GrowingValueOracle.Snapshot(prefix, isEnded)?.ToJson(), Observed.Value(snapshot)?.ToJson());
        Assert.Equal(Observed.ValuesPostOrder(snapshot).Where(element => element.IsComplete).Select(element => element.ByteRange), completed);
        if (!isEnded && parser.Outcome != JsonOutcome.Invalid)
        {
            Assert.Equal(InFlightOracle.At(prefix), Tests.Support.Run.Describe(snapshot.InFlight));
        }
    }
}
