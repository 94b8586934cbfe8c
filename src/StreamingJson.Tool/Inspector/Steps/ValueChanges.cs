using System;
using System.Text;
using System.Text.Json;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>
/// Tells what happened to one growing value since the last time, with records like those of <c>events</c>, so that the page has it at any
/// step. Numbers are texts, for no reader has all of them.
/// </summary>
/// <remarks>
/// <code>
/// "changes":[{"event":"started","pointer":"/a","kind":"object"},               object, array, or a string that is not whole yet
///            {"event":"string_delta","pointer":"/a/b","kind":"string","text":"..."},
///            {"event":"completed","pointer":"/a/b","kind":"string"},           what had started is whole
///            {"event":"completed","pointer":"/a/c","kind":"number","text":"1e400"}],    what had not: strings with their text
/// "in_flight":{"kind":"number","text":"12"},                              what is no value yet, if anything
/// "error":{"code":"expected_value","offset":7,"pointer":"/a","message":"..."}
/// </code>
/// A value that started again replaces the one that had its pointer: a repeated name, or arguments that the provider began anew.
/// </remarks>
internal sealed class ValueChanges(StreamingJsonParser parser)
{
    private const int MaxInFlightBytes = 80;

    private PointerTrail _trail = new();
    private PartialJsonElement? _begun;
    private long _received;
    private JsonOutcome _outcome;

    /// <summary>Whether a value began that is no container.</summary>
    public bool HasScalar { get; private set; }

    /// <summary>Writes what the last operation on the parser did, if it was one that has not been told of.</summary>
    /// <param name="line">Where to: an object that was begun.</param>
    /// <param name="isEnd">Whether that operation was the end of the text.</param>
    public void Write(Utf8JsonWriter line, bool isEnd = false)
    {
        long received = parser.Meters.BytesReceived;
        long before = _received;
        if (_outcome != JsonOutcome.Partial || (received == _received && !isEnd))
        {
            return;
        }

        _received = received;
        _outcome = parser.Outcome;
        line.WriteStartArray("changes");
        foreach (JsonEvent next in parser.Events)
        {
            WriteChange(line, next, before);
        }

        WriteBegun(line);
        line.WriteEndArray();
        WriteInFlight(line);
        if (parser.Error is { } error)
        {
            WriteError(line, error);
        }
    }

    private void WriteChange(Utf8JsonWriter line, in JsonEvent next, long before)
    {
        JsonValueKind kind = next.Element.ValueKind;
        switch (next.Kind)
        {
            case JsonEventKind.Started:
                // Asked only of what lies before what was told already, a cut number or a text that began anew: the depth is counted each time.
                if (next.ByteRange.Start < before && next.Depth == 0)
                {
                    _trail = new PointerTrail();
                }

                _trail.Enter(next);
                HasScalar |= kind is not (JsonValueKind.Object or JsonValueKind.Array);
                if (kind == JsonValueKind.String)
                {
                    _begun = next.Element;
                }
                else if (kind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    WriteRecord(line, JsonEventKind.Started, kind);
                }

                break;

            case JsonEventKind.StringDelta when _begun is null:
                WriteRecord(line, JsonEventKind.StringDelta, kind, next.TextUtf8);
                break;

            case JsonEventKind.Completed:
                if (kind == JsonValueKind.String && _begun is not null)
                {
                    WriteRecord(line, JsonEventKind.Completed, kind, next.Element.TextUtf8, hasText: true);
                }
                else
                {
                    bool isWhole = kind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String;
                    WriteRecord(line, JsonEventKind.Completed, kind, isWhole ? default : next.Element.RawUtf8);
                }

                _begun = null;
                _trail.Leave();
                break;
        }
    }

    // A string that began and is not whole yet.
    private void WriteBegun(Utf8JsonWriter line)
    {
        if (_begun is { } text)
        {
            WriteRecord(line, JsonEventKind.Started, JsonValueKind.String);
            WriteRecord(line, JsonEventKind.StringDelta, JsonValueKind.String, text.TextUtf8);
            _begun = null;
        }
    }

    private void WriteRecord(Utf8JsonWriter line, JsonEventKind happened, JsonValueKind kind, ReadOnlySpan<byte> text = default, bool hasText = false)
    {
        if (happened == JsonEventKind.StringDelta && text.IsEmpty)
        {
            return;
        }

        line.WriteStartObject();
        line.WriteString("event", OutputNames.Of(happened));
        line.WriteString("pointer", _trail.Current);
        line.WriteString("kind", OutputNames.Of(kind));
        if (hasText || !text.IsEmpty)
        {
            line.WriteString("text", text);
        }

        line.WriteEndObject();
    }

    private void WriteInFlight(Utf8JsonWriter line)
    {
        InFlightToken token = parser.Snapshot.InFlight;
        if (token.Kind is InFlightKind.PropertyName or InFlightKind.Number or InFlightKind.Literal)
        {
            line.WriteStartObject("in_flight");
            line.WriteString("kind", OutputNames.Snake(token.Kind.ToString()));
            line.WriteString("text", Encoding.UTF8.GetString(token.RawUtf8[..Math.Min(token.RawUtf8.Length, MaxInFlightBytes)]));
            line.WriteEndObject();
        }
    }

    private static void WriteError(Utf8JsonWriter line, StreamingJsonException error)
    {
        line.WriteStartObject("error");
        line.WriteString("code", OutputNames.Of(error.Code));
        line.WriteNumber("offset", error.ByteOffset);
        line.WriteString("pointer", error.Pointer);
        line.WriteString("message", error.Message);
        line.WriteEndObject();
    }
}
