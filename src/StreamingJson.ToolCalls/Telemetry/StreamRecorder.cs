using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>Measures one stream. A reader has one only while somebody wants to know.</summary>
/// <remarks>The clock is read at the start, with each chunk or update, and at the end: what is found in a chunk arrived with it.</remarks>
internal sealed class StreamRecorder
{
    private readonly StreamTelemetryOptions _options;
    private readonly bool _isReported;
    private readonly long _start;
    private readonly ActivityContext _parent;
    private readonly List<ToolCall> _endedCalls = new();
    private StreamActivity? _activity;
    private int _paths;
    private bool _awaitsMatch;
    private bool _isBegun;
    private bool _isEnded;

    private StreamRecorder(ModelStreamOptions options, long? start)
    {
        _options = options.Telemetry;
        _isReported = options.Report;
        _start = start ?? _options.TimeProvider.GetTimestamp();
        _awaitsMatch = _options.FirstMatch is not null;
        _parent = StreamInstruments.Activities.HasListeners() ? Activity.Current?.Context ?? default : default;
        Report = new StreamReport(_isReported);
    }

    public StreamReport Report { get; }

    /// <summary>When the newest chunk or update arrived, since the start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Where on the wire the payload began whose events are read; at the end of the stream, its length.</summary>
    public long WireOffset { get; set; }

    /// <summary>Whether anything more is to be found in the JSON texts.</summary>
    public bool FollowsValues => _isReported || _awaitsMatch || Report.TimeToFirstValue is null;

    /// <summary>Whether the pointers of values are of use.</summary>
    public bool WantsPointers => _awaitsMatch || (_isReported && _paths < _options.MaxPaths);

    /// <summary>Begins to measure a stream; <see langword="null"/>, and no clock is read, where nobody wants to know.</summary>
    /// <param name="options">The options of the reader.</param>
    /// <param name="isFirst">Whether it is the first stream of the reader.</param>
    public static StreamRecorder? Start(ModelStreamOptions options, bool isFirst) =>
        options.Report || StreamInstruments.AreListenedTo || (options.Telemetry.GenAINames && GenAIInstruments.AreListenedTo)
            ? new StreamRecorder(options, isFirst ? options.Telemetry.RequestTimestamp : null)
            : null;

    /// <summary>A chunk arrived.</summary>
    public void TakeChunk(long length)
    {
        if (length == 0)
        {
            return;
        }

        ReadClock();
        Report.BytesReceived += length;
        if (Report.TimeToFirstByte is null)
        {
            Report.TimeToFirstByte = Now;
            _activity?.Add("streamingjson.first_byte", Now);
        }
    }

    /// <summary>An update of an SDK arrived: its bytes on the wire are not known.</summary>
    public void TakeUpdate() => ReadClock();

    /// <summary>The source has ended.</summary>
    public void TakeEnd() => ReadClock();

    /// <summary>An item has its first event.</summary>
    public ItemRecorder Begin(MessageItem item)
    {
        var report = new ItemReport(item, Now, WireOffset);
        if (_isReported)
        {
            Report.Add(report);
        }

        return new ItemRecorder(this, report);
    }

    /// <summary>An event is read.</summary>
    public void Take(in ModelEvent next, ModelProtocol protocol, ModelMessage message)
    {
        switch (next.Kind)
        {
            case ModelEventKind.TextDelta or ModelEventKind.ReasoningDelta or ModelEventKind.RefusalDelta or ModelEventKind.ArgumentsDelta:
                TakeDelta(next, protocol);
                break;
            case ModelEventKind.ToolCallStarted:
                TakeName(next.ToolCall!);
                break;
            case ModelEventKind.ToolCallEnded:
                TakeCallEnd(next.ToolCall!, protocol);
                break;
            case ModelEventKind.Usage:
                Report.Usage = message.Usage;
                break;
            case ModelEventKind.Anomaly:
                Report.Add(next.AnomalyKind);
                break;
            case ModelEventKind.StreamEnded:
                End(protocol, message);
                break;
        }
    }

    /// <summary>The reader goes on to something else: if the stream is not over, it was not read to its end.</summary>
    public void Abandon(ModelProtocol protocol, ModelMessage message)
    {
        if (_isBegun && !_isEnded)
        {
            ReadClock();
            End(protocol, message);
        }
    }

    public void TakeFirstValue()
    {
        if (Report.TimeToFirstValue is null)
        {
            Report.TimeToFirstValue = Now;
            _activity?.Add("streamingjson.first_value", Now);
        }
    }

    public void TakeCompleted(string pointer)
    {
        if (_awaitsMatch && _options.FirstMatch!.Matches(pointer))
        {
            _awaitsMatch = false;
            Report.TimeToFirstMatch = Now;
            _activity?.Add("streamingjson.first_match", Now);
        }
    }

    public bool TryAddPath()
    {
        bool fits = _isReported && _paths < _options.MaxPaths;
        _paths += fits ? 1 : 0;
        return fits;
    }

    public void CountUnrecordedPath() => Report.UnrecordedPathCount++;

    public void TakeBackPaths(int recorded, long unrecorded)
    {
        _paths -= recorded;
        Report.UnrecordedPathCount -= unrecorded;
    }

    private void ReadClock()
    {
        Now = _options.TimeProvider.GetElapsedTime(_start);
        if (!_isBegun)
        {
            // Not before: many readers never get a stream.
            _isBegun = true;
            _activity = StreamActivity.Begin(_parent, _options.TimeProvider.GetUtcNow() - Now);
        }
    }

    private void TakeDelta(in ModelEvent next, ModelProtocol protocol)
    {
        ItemReport item = ReportOf(next.Item!);
        item.DeltaCount++;
        item.TextBytes += next.TextUtf8.Length;
        if (Report.AddDelta(Now) is not { } delay)
        {
            _activity?.Add("streamingjson.first_delta", Now);
            return;
        }

        StreamInstruments.TimeBetweenDeltas.Record(delay.TotalSeconds, new TagList { { StreamTags.Protocol, StreamTags.NameOf(protocol) } });
        if (_options.GenAINames)
        {
            GenAIInstruments.RecordDelay(delay, protocol);
        }
    }

    // Begin made it.
    private static ItemReport ReportOf(MessageItem item) => ((ItemRecorder)item.Follower!).Report;

    private void TakeName(ToolCall call)
    {
        if ((_isReported || _options.ToolNames) && call.NameUtf8.Length > 0)
        {
            ReportOf(call).ToolName = call.Name;
        }
    }

    private void TakeCallEnd(ToolCall call, ModelProtocol protocol)
    {
        TakeName(call);
        ItemReport item = ReportOf(call);
        item.EndedAt = Now;
        item.Outcome = call.Outcome;
        item.IsSafeToExecute = call.IsSafeToExecute;
        if (_isReported)
        {
            _endedCalls.Add(call);
        }

        var tags = new TagList { { StreamTags.Protocol, StreamTags.NameOf(protocol) }, { StreamTags.Outcome, StreamTags.NameOf(call.Outcome) }, { StreamTags.SafeToExecute, call.IsSafeToExecute } };
        if (_options.ToolNames)
        {
            tags.Add(StreamTags.ToolName, item.ToolName);
        }

        StreamInstruments.Record(StreamInstruments.CallDuration, Now - item.StartedAt, tags);
        _activity?.AddCallEnd(call, Now, _options.ToolNames ? item.ToolName : null);
    }

    // What came behind the end of a call may have spoken against it, and so may a guard.
    private void TakeVerdicts()
    {
        foreach (ToolCall call in _endedCalls)
        {
            ItemReport item = ReportOf(call);
            item.Outcome = call.Outcome;
            item.IsSafeToExecute = call.IsSafeToExecute;
        }

        _endedCalls.Clear();
    }

    private void End(ModelProtocol protocol, ModelMessage message)
    {
        _isEnded = true;
        TakeVerdicts();
        Report.Protocol = protocol;
        Report.Outcome = message.Outcome;
        Report.TimeToEnd = Report.Outcome == JsonOutcome.Partial ? null : Now;
        string outcome = StreamTags.NameOf(Report.Outcome);
        StreamInstruments.RecordEnd(Report, outcome, Now);
        if (_options.GenAINames)
        {
            GenAIInstruments.RecordEnd(Report, outcome, Now);
        }

        _activity?.End(Report, outcome, Now);
    }
}
