using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using StreamingJson.ToolCalls.Telemetry;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Listens to the meter and keeps every measurement.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Measured> _all = [];

    /// <param name="listensTo">Which instruments; all if it is null.</param>
    public Measurements(Func<string, bool>? listensTo = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == StreamTelemetryOptions.SourceName && listensTo?.Invoke(instrument.Name) != false)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measured> All => _all;

    public IEnumerable<double> Of(string name) => _all.Where(measured => measured.Name == name).Select(measured => measured.Value);

    public IEnumerable<string> TagsOf(string name) => _all.Where(measured => measured.Name == name).Select(measured => measured.Tags);

    /// <summary>Every instrument there is; nobody listens to them by this.</summary>
    public static IReadOnlyList<Instrument> Instruments()
    {
        List<Instrument> found = [];
        _ = (StreamInstruments.AreListenedTo, GenAIInstruments.AreListenedTo);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == StreamTelemetryOptions.SourceName)
            {
                found.Add(instrument);
            }
        };
        listener.Start();
        return found;
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] texts = [.. tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")];
        _all.Add(new Measured(instrument.Name, value, string.Join(' ', texts)));
    }

    internal sealed record Measured(string Name, double Value, string Tags);
}
