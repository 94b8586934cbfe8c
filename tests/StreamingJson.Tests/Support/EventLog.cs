using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Xunit;

namespace StreamingJson.Tests.Support;

/// <summary>
/// Events as lines of text. The deltas of a string are joined: their cutting, and nothing else, may depend on the chunks.
/// </summary>
public sealed class EventLog
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<string> _lines = [];
    private readonly StringBuilder _text = new();

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds what the last operation on a parser did.</summary>
    public void AddEventsOf(StreamingJsonParser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        foreach (JsonEvent e in parser.Events)
        {
            Add(e);
        }
    }

    public void Add(in JsonEvent e)
    {
        switch (e.Kind)
        {
            case JsonEventKind.Started:
                Started(e.Element.ValueKind, e.GetPointer(), e.ByteRange.Start, e.Depth, e.Index, e.PropertyNameUtf8);
                break;
            case JsonEventKind.StringDelta:
                Delta(e.GetPointer(), e.TextUtf8);
                break;
            case JsonEventKind.Completed:
                Assert.True(e.Element.IsComplete);
                Assert.True(e.Element.ValueKind != JsonValueKind.String || e.Element.ValueEquals(_text.ToString()));
                Completed(e.Element.ValueKind, e.GetPointer(), e.ByteRange.Start, e.ByteRange.End);
                break;
            default:
                DocumentCompleted();
                break;
        }
    }

    public void Started(JsonValueKind kind, string pointer, long start, int depth, int index, ReadOnlySpan<byte> name) =>
        _lines.Add($"started {kind} '{pointer}' at {start}, depth {depth}, index {index}, name '{StrictUtf8.GetString(name)}'");

    public void Delta(string pointer, ReadOnlySpan<byte> utf8Text)
    {
        Assert.False(utf8Text.IsEmpty, "A delta is never empty.");
        string line = $"text '{pointer}': ";
        if (_text.Length > 0)
        {
            Assert.StartsWith(line, _lines[^1], StringComparison.Ordinal);
            _lines.RemoveAt(_lines.Count - 1);
        }

        _text.Append(StrictUtf8.GetString(utf8Text)); // throws for part of a scalar value
        _lines.Add(line + _text);
    }

    public void Completed(JsonValueKind kind, string pointer, long start, long end)
    {
        _text.Clear();
        _lines.Add($"completed {kind} '{pointer}' at {start}..{end}");
    }

    public void DocumentCompleted() => _lines.Add("document completed");

    public override string ToString() => string.Join('\n', _lines);
}

/// <summary>Logs what a <see cref="JsonEventParser{THandler}"/> tells, as <see cref="EventLog"/> does for a parser with a tape.</summary>
public readonly struct LoggingHandler(EventLog log) : IJsonEventHandler
{
    public void OnStartObject(in JsonEventContext context) => Start(JsonValueKind.Object, context);

    public void OnEndObject(in JsonEventContext context) => End(JsonValueKind.Object, context);

    public void OnStartArray(in JsonEventContext context) => Start(JsonValueKind.Array, context);

    public void OnEndArray(in JsonEventContext context) => End(JsonValueKind.Array, context);

    public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) =>
        Assert.True(utf8Name.SequenceEqual(context.PropertyNameUtf8));

    public void OnStartString(in JsonEventContext context) => Start(JsonValueKind.String, context);

    public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => log.Delta(context.GetPointer(), utf8Text);

    public void OnEndString(in JsonEventContext context) => End(JsonValueKind.String, context);

    public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context)
    {
        Assert.Equal(context.End - context.Start, utf8Number.Length);
        Whole(JsonValueKind.Number, context);
    }

    public void OnBoolean(bool value, in JsonEventContext context) => Whole(value ? JsonValueKind.True : JsonValueKind.False, context);

    public void OnNull(in JsonEventContext context) => Whole(JsonValueKind.Null, context);

    public void OnDocumentCompleted() => log.DocumentCompleted();

    private void Whole(JsonValueKind kind, in JsonEventContext context)
    {
        Start(kind, context);
        End(kind, context);
    }

    private void Start(JsonValueKind kind, in JsonEventContext context) =>
        log.Started(kind, context.GetPointer(), context.Start, context.Depth, context.Index, context.PropertyNameUtf8);

    private void End(JsonValueKind kind, in JsonEventContext context) =>
        log.Completed(kind, context.GetPointer(), context.Start, context.End);
}
