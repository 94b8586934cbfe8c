using System;
using System.Text.Json;
using StreamingJson.Tests.Support;

namespace StreamingJson.Fuzz.Targets;

/// <summary>All that the events of a run said, as one number: what <see cref="EventLog"/> writes down at length, at a hundredth of the price.</summary>
/// <remarks>FNV-1a, byte by byte, so that it does not matter how the text of a string is cut into deltas.</remarks>
internal sealed class EventDigest
{
    private ulong _hash = 0xCBF29CE484222325;

    public ulong Value => _hash;

    public void AddEventsOf(StreamingJsonParser parser)
    {
        foreach (JsonEvent e in parser.Events)
        {
            switch (e.Kind)
            {
                case JsonEventKind.Started:
                    Started(e.Element.ValueKind, e.ByteRange.Start, e.Depth, e.Index, e.PropertyNameUtf8);
                    break;
                case JsonEventKind.StringDelta:
                    Text(e.TextUtf8);
                    break;
                case JsonEventKind.Completed:
                    Completed(e.Element.ValueKind, e.ByteRange.Start, e.ByteRange.End);
                    break;
                default:
                    DocumentCompleted();
                    break;
            }
        }
    }

    public void Started(JsonValueKind kind, long start, int depth, int index, ReadOnlySpan<byte> name)
    {
        Number(0x100 | (int)kind);
        Number(start);
        Number(depth);
        Number(index);
        Text(name);
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        foreach (byte b in utf8)
        {
            _hash = (_hash ^ b) * 0x100000001B3;
        }
    }

    public void Completed(JsonValueKind kind, long start, long end)
    {
        Number(0x200 | (int)kind);
        Number(start);
        Number(end);
    }

    public void DocumentCompleted() => Number(0x300);

    private void Number(long number)
    {
        for (int i = 0; i < 4; i++)
        {
            _hash = (_hash ^ (byte)(number >> (8 * i))) * 0x100000001B3;
        }
    }
}

/// <summary>The same digest of what a parser without a tape tells.</summary>
internal readonly struct DigestHandler(EventDigest digest) : IJsonEventHandler
{
    public void OnStartObject(in JsonEventContext context) => Start(JsonValueKind.Object, context);

    public void OnEndObject(in JsonEventContext context) => End(JsonValueKind.Object, context);

    public void OnStartArray(in JsonEventContext context) => Start(JsonValueKind.Array, context);

    public void OnEndArray(in JsonEventContext context) => End(JsonValueKind.Array, context);

    public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
    {
    }

    public void OnStartString(in JsonEventContext context) => Start(JsonValueKind.String, context);

    public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => digest.Text(utf8Text);

    public void OnEndString(in JsonEventContext context) => End(JsonValueKind.String, context);

    public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Whole(JsonValueKind.Number, context);

    public void OnBoolean(bool value, in JsonEventContext context) => Whole(value ? JsonValueKind.True : JsonValueKind.False, context);

    public void OnNull(in JsonEventContext context) => Whole(JsonValueKind.Null, context);

    public void OnDocumentCompleted() => digest.DocumentCompleted();

    private void Whole(JsonValueKind kind, in JsonEventContext context)
    {
        Start(kind, context);
        End(kind, context);
    }

    private void Start(JsonValueKind kind, in JsonEventContext context) =>
        digest.Started(kind, context.Start, context.Depth, context.Index, context.PropertyNameUtf8);

    private void End(JsonValueKind kind, in JsonEventContext context) => digest.Completed(kind, context.Start, context.End);
}
