using System;
using System.Diagnostics;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>The activity of one stream: a child of the one that was current when the stream began; <see cref="Activity.Current"/> stays as it is.</summary>
internal sealed class StreamActivity
{
    // Each event is an object that is kept until the activity was exported.
    private const int MaxEvents = 128;

    private readonly Activity _activity;
    private readonly DateTimeOffset _start;
    private int _events;

    private StreamActivity(Activity activity, DateTimeOffset start)
    {
        _activity = activity;
        _start = start;
    }

    /// <summary>Begins an activity; <see langword="null"/> where nobody wants it.</summary>
    public static StreamActivity? Begin(ActivityContext parent, DateTimeOffset start)
    {
        Activity? current = Activity.Current;
        Activity? activity = StreamInstruments.Activities.StartActivity("streamingjson.stream", ActivityKind.Internal, parent, startTime: start);
        Activity.Current = current;
        return activity is null ? null : new StreamActivity(activity, start);
    }

    public void Add(string name, TimeSpan at, ActivityTagsCollection? tags = null)
    {
        if (_events++ < MaxEvents)
        {
            _activity.AddEvent(new ActivityEvent(name, _start + at, tags));
        }
    }

    public void AddCallEnd(ToolCall call, TimeSpan at, string? toolName)
    {
        var tags = new ActivityTagsCollection
        {
            { StreamTags.Outcome, StreamTags.NameOf(call.Outcome) },
            { StreamTags.SafeToExecute, call.IsSafeToExecute },
        };
        if (toolName is not null)
        {
            tags.Add(StreamTags.ToolName, toolName);
        }

        Add("streamingjson.tool_call.ended", at, tags);
    }

    public void End(StreamReport report, string outcome, TimeSpan at)
    {
        _activity.SetTag(StreamTags.Protocol, StreamTags.NameOf(report.Protocol));
        _activity.SetTag(StreamTags.Outcome, outcome);
        _activity.SetTag("streamingjson.stream.size", report.BytesReceived > 0 ? report.BytesReceived : null);
        _activity.SetTag("streamingjson.stream.deltas", report.DeltaCount);
        if (report.Outcome != JsonOutcome.Complete)
        {
            _activity.SetStatus(ActivityStatusCode.Error, outcome);
        }

        Activity? current = Activity.Current;
        _activity.SetEndTime((_start + at).UtcDateTime);
        _activity.Stop();
        Activity.Current = current;
    }
}
