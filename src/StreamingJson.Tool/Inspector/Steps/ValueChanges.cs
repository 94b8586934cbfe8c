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
/// "changes":[{"event":"started","pointer":"/a","kind":"object"},          kind: object, array or string; other values only complete
///            {"event":"string_delta","pointer":"/a/b","text":"..."},
///            {"event":"completed","pointer":"/a/c","kind":"number","text":"1e400"}],
/// "in_flight":{"kind":"number","text":"12"},                              what is no value yet, if anything
/// "error":{"code":"expected_value","offset":7,"pointer":"/a","message":"..."}
/// </code>
/// A value that started again replaces the one that had its pointer: a repeated name, or arguments that the provider began anew.
/// </remarks>
internal sealed class ValueChanges(StreamingJsonParser parser)
{
    private const int MaxInFlightBytes = 80;

    private PointerTrail _trail = new();
    private bool _hasRoot;
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
        if (_outcome != JsonOutcome.Partial || (received == _received && !isEnd))
        {
            return;
        }

        _received = received;
        _outcome = parser.Outcome;
        line.WriteStartArray("changes");
        foreach (JsonEvent next in parser.Events)
        {
            WriteChange(line, next);
        }

        line.WriteEndArray();
        WriteInFlight(line);
        if (parser.Error is { } error)
        {
            WriteError(line, error);
        }
    }

    private void WriteChange(Utf8JsonWriter line, in JsonEvent next)
    {
        JsonValueKind kind = next.Element.ValueKind;
        bool isScalar = kind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String);
        switch (next.Kind)
        {
            case JsonEventKind.Started:
                if (next.Depth == 0 && _hasRoot)
                {
                    _trail = new PointerTrail();
                }

                _trail.Enter(next);
                _hasRoot = true;
                HasScalar |= kind is not (JsonValueKind.Object or JsonValueKind.Array);
                if (!isScalar)
                {
                    WriteStart(line, next);
                    line.WriteEndObject();
                }

                break;

            case JsonEventKind.StringDelta:
                WriteStart(line, next);
                line.WriteString("text", next.TextUtf8);
                line.WriteEndObject();
                break;

            case JsonEventKind.Completed:
                WriteStart(line, next);
                if (isScalar)
                {
                    line.WriteString("text", next.Element.RawUtf8);
                }

                line.WriteEndObject();
                _trail.Leave();
                break;
        }
    }

    private void WriteStart(Utf8JsonWriter line, in JsonEvent next)
    {
        line.WriteStartObject();
        line.WriteString("event", OutputNames.Of(next.Kind));
        line.WriteString("pointer", _trail.Current);
        line.WriteString("kind", OutputNames.Of(next.Element.ValueKind));
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
