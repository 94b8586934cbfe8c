using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

public sealed class ReportTests
{
    private static readonly ModelStreamOptions Reported = new() { Report = true };
    private static readonly string Begin = TelemetryRun.Arguments("{\"to\":\"Hel", "\"id\":\"call_1\",");
    private static readonly string Go = TelemetryRun.Arguments("sinki\",\"at\":1");
    private static readonly string End = TelemetryRun.Arguments("2}");
    private static readonly string Finish = TelemetryRun.Sse("""{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":12}}""") + "data: [DONE]\n\n";

    [Fact]
    public void TimesAreThoseOfArrival()
    {
        using TelemetryRun run = new TelemetryRun(Reported).After(100, ": hello\n\n").After(50, Begin).After(10, Go).After(30, End).After(5, Finish).EndAfter(3);
        StreamReport report = run.Report;
        Assert.Equal([100, 150, 150, 198], TelemetryRun.Milliseconds(report.TimeToFirstByte, report.TimeToFirstDelta, report.TimeToFirstValue, report.TimeToEnd));
        Assert.Equal((2, 30), (report.BetweenDeltas.Count, report.BetweenDeltas.Max.TotalMilliseconds));
        Assert.Equal(10, report.BetweenDeltas.Median.TotalMilliseconds, 0.2);
        Assert.Equal(12 / 0.040, report.OutputTokensPerSecond!.Value, 6);
        Assert.Equal(report.BytesReceived / 0.098, report.BytesPerSecond!.Value, 6);
        Assert.Equal((ModelProtocol.OpenAIChat, JsonOutcome.Complete, 3), (report.Protocol, report.Outcome, report.DeltaCount));
        ItemReport call = Assert.Single(report.Items);
        Assert.Equal([150, 195], TelemetryRun.Milliseconds(call.StartedAt, call.EndedAt));
        Assert.Equal(("sail", ToolCallOutcome.Complete, true, 3, 25), (call.ToolName, call.Outcome, call.IsSafeToExecute, call.DeltaCount, call.TextBytes));
    }

    /// <summary>A verdict that is withdrawn when the call has ended already: the report has the last word.</summary>
    [Fact]
    public void AVerdictThatIsWithdrawn_IsTheOneOfTheReport()
    {
        using TelemetryRun run = new TelemetryRun(Reported).After(10, Begin).After(10, Go).After(10, End).After(10, Finish.Replace("data: [DONE]\n\n", "", StringComparison.Ordinal));
        ItemReport call = Assert.Single(run.Report.Items);
        Assert.True(call.IsSafeToExecute);
        run.After(10, Finish.Replace("tool_calls", "content_filter", StringComparison.Ordinal)).EndAfter(3);
        Assert.Equal((ToolCallOutcome.Complete, false, 40), (call.Outcome, call.IsSafeToExecute, call.EndedAt!.Value.TotalMilliseconds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheTimesOfPayloadsWithoutBytes_AreThoseOfTheirArrival(bool isWritten)
    {
        using TelemetryRun run = new TelemetryRun(Reported).AfterPayload(100, "a", isWritten).AfterPayload(10, "b", isWritten).AfterPayload(30, "c", isWritten).EndAfter(5);
        StreamReport report = run.Report;
        Assert.Equal([null, 100, 145], TelemetryRun.Milliseconds(report.TimeToFirstByte, report.TimeToFirstDelta, report.TimeToEnd));
        Assert.Equal((3, 2, 30), (report.DeltaCount, report.BetweenDeltas.Count, report.BetweenDeltas.Max.TotalMilliseconds));
        Assert.Equal(100, Assert.Single(report.Items).StartedAt.TotalMilliseconds);
        Assert.Equal((0, null), (report.BytesReceived, report.BytesPerSecond));
    }

    [Fact]
    public void EachValue_HasItsTimesAndOffsets()
    {
        using TelemetryRun run = new TelemetryRun(Reported).After(100, Begin).After(10, Go).After(30, End).After(5, Finish).EndAfter(3);
        int second = Begin.Length;
        int third = second + Go.Length;
        Assert.Equal(
            [
                Path("", JsonValueKind.Object, 100, 0, 0, 140, 25, third),
                Path("/to", JsonValueKind.String, 100, 6, 0, 110, 16, second),
                Path("/at", JsonValueKind.Number, 140, 22, third, 140, 24, third),
            ],
            run.Report.Items[0].Paths);
    }

    /// <summary>Also of payloads that are only compared with the one before.</summary>
    [Fact]
    public void WhereAValueStandsOnTheWire_IsKnownOfEveryPayload()
    {
        string[] frames = [TelemetryRun.Arguments("[0", "\"id\":\"call_1\","), .. Enumerable.Range(1, 8).Select(i => TelemetryRun.Arguments("," + i)), TelemetryRun.Arguments("]")];
        using TelemetryRun run = new TelemetryRun(Reported).After(1, string.Concat(frames)).EndAfter(1);
        long[] ends = [.. Enumerable.Range(1, 9).Select(count => (long)frames.Take(count).Sum(frame => frame.Length))];
        Assert.Equal(ends, run.Report.Items[0].Paths.Skip(1).Select(path => path.StartWireOffset));
    }

    [Fact]
    public void ItemsOfArrays_HaveTheirIndex()
    {
        string call = TelemetryRun.Arguments("""{"a":[10,[20,21],{"b":30}],"c":[]}""", "\"id\":\"call_1\",");
        using TelemetryRun run = new TelemetryRun(Reported).After(1, call + Finish).EndAfter(1);
        Assert.Equal(["", "/a", "/a/0", "/a/1", "/a/1/0", "/a/1/1", "/a/2", "/a/2/b", "/c"], run.Report.Items[0].Paths.Select(path => path.Pointer));
    }

    /// <summary>What a dropped repetition had of the paths, recorded or only counted, is given back.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void ARepetitionThatIsDropped_IsNotCountedTwice(int most, int unrecorded)
    {
        string[] pieces = [TelemetryRun.Arguments("{\"to\":\"Oslo\"", "\"id\":\"call_1\","), TelemetryRun.Arguments("{\"to\":\"Oslo\",\"at\":1}"), Finish];
        using TelemetryRun run = new TelemetryRun(Reported with { Telemetry = new StreamTelemetryOptions { MaxPaths = most } }).After(1, string.Concat(pieces)).EndAfter(1);
        Assert.Equal((most, unrecorded), (run.Report.Items[0].Paths.Count, run.Report.UnrecordedPathCount));
    }

    [Fact]
    public void Delays_Anomalies_AndCalls_AreCounted()
    {
        string other = TelemetryRun.Sse("""{"id":"c","choices":[{"index":0,"delta":{"content":"a","tool_calls":[{"index":1,"id":"b","function":{"name":"g"}},{"index":2,"id":"c","function":{"arguments":"{"}}]}}]}""");
        string name = TelemetryRun.Sse("""{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":3,"id":"d"}]}}]}""") + TelemetryRun.Sse("""{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":3,"function":{"name":"late"}}]}}]}""");
        using TelemetryRun run = new TelemetryRun(Reported).After(100, Begin).After(30, Go).After(20, End).After(10, other).After(1, name).After(1, Finish).EndAfter(1);
        StreamReport report = run.Report;
        Assert.Equal(30, report.BetweenDeltas.Max.TotalMilliseconds);
        Assert.Equal(30, report.BetweenDeltas.P95.TotalMilliseconds, 0.5);
        Assert.Equal((3, 1, 0, 2), (report.CountCalls(ToolCallOutcome.Complete), report.CountCalls(ToolCallOutcome.Truncated), report.CountCalls(ToolCallOutcome.Invalid), report.Anomalies[AnomalyKind.ArgumentsEmpty]));
        Assert.Equal(["sail", "", "g", "", "late"], report.Items.Select(item => item.ToolName));
    }

    /// <summary>Of what takes no time there is no rate; a stream that was given up has no end.</summary>
    [Fact]
    public void WithoutTime_ThereIsNoRate()
    {
        using TelemetryRun run = new TelemetryRun(Reported).After(0, Begin + Go + End + Finish).EndAfter(0);
        Assert.Equal((null, null), (run.Report.BytesPerSecond, run.Report.OutputTokensPerSecond));
        var options = new TelemetryRun(Reported);
        options.After(1, Begin);
        StreamReport report = options.Report;
        options.Dispose();
        Assert.Null(report.TimeToEnd);
    }

    [Fact]
    public void ATextThatIsJson_HasPathsToo_AndANumberCompletesWithTheEnd()
    {
        string text = TelemetryRun.Sse("""{"id":"c","choices":[{"index":0,"delta":{"content":"{\"a\":1}"}}]}""");
        using TelemetryRun run = new TelemetryRun(Reported with { ReadTextAsJson = true }).After(100, text).EndAfter(1);
        Assert.Equal([Path("", JsonValueKind.Object, 100, 0, 0, 100, 7, 0), Path("/a", JsonValueKind.Number, 100, 5, 0, 100, 6, 0)], run.Report.Items[0].Paths);
        string number = TelemetryRun.Arguments("12", "\"id\":\"call_1\",");
        using TelemetryRun numbers = new TelemetryRun(Reported).After(100, number).After(20, Finish).EndAfter(1);
        Assert.Equal([Path("", JsonValueKind.Number, 120, 0, number.Length, 120, 2, number.Length)], numbers.Report.Items[0].Paths);
    }

    [Fact]
    public void APattern_IsWaitedFor()
    {
        var telemetry = new StreamTelemetryOptions { FirstMatch = PathPattern.Parse("$.to") };
        using TelemetryRun run = new TelemetryRun(Reported with { Telemetry = telemetry }).After(100, Begin).After(10, Go).After(30, End).EndAfter(3);
        Assert.Equal(110, run.Report.TimeToFirstMatch!.Value.TotalMilliseconds);
        using TelemetryRun other = new TelemetryRun(Reported with { Telemetry = telemetry with { FirstMatch = PathPattern.Parse("$.from") } }).After(1, Begin + Go + End + Finish).EndAfter(3);
        Assert.Null(other.Report.TimeToFirstMatch);
    }

    [Fact]
    public void ARequestThatWasSentBefore_CountsForTheFirstStream()
    {
        var time = new ManualTime();
        var options = Reported with { Telemetry = new StreamTelemetryOptions { TimeProvider = time, RequestTimestamp = time.GetTimestamp() } };
        time.Advance(400);
        using var reader = new ModelStreamReader(options);
        time.Advance(100);
        reader.Append(Encoding.UTF8.GetBytes(Begin));
        StreamReport first = reader.Report!;
        Assert.Equal(500, first.TimeToFirstByte!.Value.TotalMilliseconds);
        reader.Reset();
        time.Advance(7);
        reader.Append(Encoding.UTF8.GetBytes(Begin));
        Assert.Equal(7, reader.Report!.TimeToFirstByte!.Value.TotalMilliseconds);
        Assert.Equal((500, JsonOutcome.Partial), (first.TimeToFirstByte!.Value.TotalMilliseconds, first.Outcome));
    }

    [Fact]
    public void ARepetitionThatIsDropped_ChangesNoTime()
    {
        string first = TelemetryRun.Arguments("{\"to\":\"Oslo\"", "\"id\":\"call_1\",");
        using TelemetryRun run = new TelemetryRun(Reported).After(100, first).After(10, TelemetryRun.Arguments("{\"to\":\"Oslo\",\"at\":1}")).After(5, Finish).EndAfter(1);
        Assert.Equal(
            [
                Path("", JsonValueKind.Object, 100, 0, 0, 110, 20, first.Length),
                Path("/to", JsonValueKind.String, 100, 6, 0, 100, 12, 0),
                Path("/at", JsonValueKind.Number, 110, 18, first.Length, 110, 19, first.Length),
            ],
            run.Report.Items[0].Paths);
    }

    [Fact]
    public void PathsAreLimited_AndTheRestCounted()
    {
        using TelemetryRun run = new TelemetryRun(Reported with { Telemetry = new StreamTelemetryOptions { MaxPaths = 2 } }).After(1, Begin + Go + End + Finish).EndAfter(1);
        Assert.Equal(["", "/to"], run.Report.Items[0].Paths.Select(path => path.Pointer));
        Assert.Equal(1, run.Report.UnrecordedPathCount);
        Assert.All(run.Report.Items[0].Paths, path => Assert.NotNull(path.CompletedAt));
        string name = new('n', 2000);
        using TelemetryRun longNames = new TelemetryRun(Reported).After(1, TelemetryRun.Arguments($$$"""{"{{{name}}}":[1,{"a":2}],"b":3}""", "\"id\":\"call_1\",") + Finish).EndAfter(1);
        Assert.Equal(["", "/b"], longNames.Report.Items[0].Paths.Select(path => path.Pointer));
        Assert.Equal(4, longNames.Report.UnrecordedPathCount);
    }

    [Fact]
    public async Task AModelStream_HasIt_AlsoWhenItIsDisposed()
    {
        var source = new MemoryStream(Encoding.UTF8.GetBytes(Begin + Go + End + Finish));
        await using ModelStream stream = ModelStream.Open(source, Reported);
        await foreach (ModelEvent next in stream)
        {
            Assert.NotEqual(ModelEventKind.None, next.Kind);
        }

        await stream.DisposeAsync();
        Assert.Equal((JsonOutcome.Complete, 1), (stream.Report!.Outcome, stream.Report.CountCalls(ToolCallOutcome.Complete)));
        Assert.True(stream.Report.TimeToEnd >= stream.Report.TimeToFirstByte);
    }

    [Theory]
    [MemberData(nameof(Fixture.Some), MemberType = typeof(Fixture))]
    public void OnlyTimesDependOnTheChunks(string name)
    {
        Fixture fixture = Fixture.Load(name);
        ModelStreamOptions options = fixture.Options(isAuto: false) with { Report = true, ReadTextAsJson = true, Telemetry = new StreamTelemetryOptions { MaxPaths = 12, FirstMatch = PathPattern.Parse("$..[*]") } };
        AssertOnlyTimesDependOnTheChunks(name, options, fixture.Content);
    }

    [SharedSuiteFact("recorded/openai-chat")]
    public void OnlyTimesDependOnTheChunks_Recorded()
    {
        string[] files = Directory.GetFiles(SharedSuite.Find("recorded/openai-chat")!, "*.sse");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            AssertOnlyTimesDependOnTheChunks(file, Reported, File.ReadAllBytes(file));
        }
    }

    [Theory]
    [MemberData(nameof(Fixture.Some), MemberType = typeof(Fixture))]
    public void ThePathsOfWholeArguments_AreThoseOfADocument(string name)
    {
        Fixture fixture = Fixture.Load(name);
        using ModelStreamReader reader = ModelRun.Of(fixture.Options(isAuto: false) with { Report = true }, fixture.Content).Reader;
        foreach (ItemReport report in reader.Report!.Items.Where(item => item.Outcome == ToolCallOutcome.Complete))
        {
            ToolCall? call = reader.Message.Items.OfType<ToolCall>().FirstOrDefault(call => call.Index == report.Index && call.Choice == report.Choice && call.Name == report.ToolName);
            if (call is { ArgumentsState: ArgumentsState.Valid } && reader.Report.Items.Count(item => item.ToolName == report.ToolName) == 1)
            {
                byte[] text = call.TextUtf8.ToArray();
                using JsonDocument document = JsonDocument.Parse(text);
                PathOracle.AssertSame(document.RootElement, text, report.Paths);
                Assert.All(report.Paths, path => Assert.InRange(path.StartWireOffset, report.StartWireOffset, path.EndWireOffset!.Value));
                Assert.All(report.Paths, path => Assert.InRange(path.EndWireOffset!.Value, 0, fixture.Content.Length));
            }
        }
    }

    private static void AssertOnlyTimesDependOnTheChunks(string name, ModelStreamOptions options, byte[] content)
    {
        using ModelStreamReader whole = ModelRun.Of(options, content).Reader;
        string expected = TelemetryRun.WithoutTimes(whole.Report!);
        foreach (int size in PropertySettings.IsQuick ? new[] { 3, 64 } : [1, 2, 3, 7, 64, 1000])
        {
            using ModelStreamReader cut = ModelRun.Of(options, content, size).Reader;
            string actual = TelemetryRun.WithoutTimes(cut.Report!);
            Assert.True(expected == actual, $"{name}, chunks of {size}:\n{actual}\nwhole:\n{expected}");
        }
    }

    private static PathReport Path(string pointer, JsonValueKind kind, double started, int start, long startWire, double completed, int end, long endWire) =>
        new(pointer, kind, TimeSpan.FromMilliseconds(started), start, startWire, TimeSpan.FromMilliseconds(completed), end, endWire);
}
