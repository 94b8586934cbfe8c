using System;
using System.Collections.Generic;
using System.Globalization;

namespace StreamingJson.Tests.Surface;

/// <summary>Writes down what it is told, a line each; throws when it is told to throw.</summary>
internal readonly struct RecordingHandler(string? throwAt) : IJsonEventHandler
{
    private readonly string? _throwAt = throwAt;

    public List<string> Lines { get; } = [];

    public static RecordingHandler Create() => new(throwAt: null);

    public void OnStartObject(in JsonEventContext context) => Add("{", context);

    public void OnEndObject(in JsonEventContext context) => Add("}", context);

    public void OnStartArray(in JsonEventContext context) => Add("[", context);

    public void OnEndArray(in JsonEventContext context) => Add("]", context);

    public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => Add($"name '{Reading.Utf8(utf8Name)}'", context);

    public void OnStartString(in JsonEventContext context) => Add("string", context);

    public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Add($"delta '{Reading.Utf8(utf8Text)}'", context);

    public void OnEndString(in JsonEventContext context) => Add("end string", context);

    public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Add($"number {Reading.Utf8(utf8Number)}", context);

    public void OnBoolean(bool value, in JsonEventContext context) => Add(value ? "true" : "false", context);

    public void OnNull(in JsonEventContext context) => Add("null", context);

    public void OnDocumentCompleted() => Add("document");

    private void Add(string what, in JsonEventContext context) => Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{what} | {context.GetPointer()} '{Reading.Utf8(context.PropertyNameUtf8)}' #{context.Index} @{context.Depth} {context.Start}..{context.End}"));

    private void Add(string line)
    {
        Lines.Add(line);
        if (_throwAt is not null && line.StartsWith(_throwAt, StringComparison.Ordinal))
        {
            throw new TimeoutException("The handler was told to throw.");
        }
    }
}
