using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ActivityTests : IDisposable
{
    private const string Canary = "cAnArY-7f3b";
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public ActivityTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StreamTelemetryOptions.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void AStream_IsAnActivity_WithItsEvents()
    {
        string begin = TelemetryRun.Arguments("{\"" + Canary + "\":\"" + Canary, "\"id\":\"" + Canary + "\",");
        string end = TelemetryRun.Arguments("\"}") + TelemetryRun.Sse("""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""");
        using var parent = new Activity("request");
        parent.Start();
        using (new TelemetryRun(ModelStreamOptions.Default).After(100, ": hello\n\n").After(50, begin).After(10, end).EndAfter(2))
        {
            Assert.Same(parent, Activity.Current);
        }

        Assert.Same(parent, Activity.Current);
        Activity activity = Assert.Single(_ended);
        Assert.Equal(("streamingjson.stream", ActivityKind.Internal, parent.SpanId, parent.TraceId), (activity.OperationName, activity.Kind, activity.ParentSpanId, activity.TraceId));
        Assert.Equal(162, activity.Duration.TotalMilliseconds);
        Assert.Equal(
            ["streamingjson.first_byte 100", "streamingjson.first_delta 150", "streamingjson.first_value 150", "streamingjson.tool_call.ended 160"],
            activity.Events.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Name} {(e.Timestamp.UtcDateTime - activity.StartTimeUtc).TotalMilliseconds}")).Order());
        Assert.Equal("streamingjson.outcome=complete streamingjson.safe_to_execute=True", Text(activity.Events.Single(e => e.Name.EndsWith("ended", StringComparison.Ordinal)).Tags));
        Assert.Equal(
            $"streamingjson.outcome=complete streamingjson.protocol=openai-chat streamingjson.stream.deltas=2 streamingjson.stream.size={begin.Length + end.Length + 9}", Text(activity.TagObjects));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.DoesNotContain(Canary, Text(activity.TagObjects) + string.Concat(activity.Events.Select(e => e.Name + Text(e.Tags))), StringComparison.Ordinal);
    }

    [Fact]
    public void AStreamThatIsCut_IsAnError_AndOneThatNeverBeganIsNone()
    {
        new TelemetryRun(ModelStreamOptions.Default).After(1, TelemetryRun.Arguments("{", "\"id\":\"a\",")).EndAfter(1).Dispose();
        new TelemetryRun(ModelStreamOptions.Default).After(1, TelemetryRun.Arguments("{", "\"id\":\"a\",")).Dispose();
        new TelemetryRun(ModelStreamOptions.Default).Dispose();
        Assert.Equal([(ActivityStatusCode.Error, "truncated"), (ActivityStatusCode.Error, "abandoned")], _ended.Select(activity => (activity.Status, activity.StatusDescription!)));
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheNameOfATool_IsGivenWhereAskedFor(bool isAskedFor)
    {
        string call = TelemetryRun.Arguments("{}", "\"id\":\"a\",") + TelemetryRun.Sse("""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""");
        new TelemetryRun(new ModelStreamOptions { Telemetry = new StreamTelemetryOptions { ToolNames = isAskedFor } }).After(1, call).EndAfter(1).Dispose();
        string tags = Text(Assert.Single(_ended).Events.Single(e => e.Name.EndsWith("ended", StringComparison.Ordinal)).Tags);
        Assert.Equal((isAskedFor ? "gen_ai.tool.name=sail " : "") + "streamingjson.outcome=complete streamingjson.safe_to_execute=True", tags);
    }

    [Fact]
    public void EventsAreLimited()
    {
        string calls = string.Concat(Enumerable.Range(0, 300).Select(i =>
            TelemetryRun.Sse("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"" + i + "\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}")));
        new TelemetryRun(new ModelStreamOptions { Limits = new ToolCallLimits { MaxOpenCalls = 1000 } }).After(1, calls).EndAfter(1).Dispose();
        Assert.Equal(128, Assert.Single(_ended).Events.Count());
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
