using System;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

[Collection(TelemetryTestsAlone.Name)]
public sealed class MetricTests
{
    private const string Canary = "cAnArY-7f3b";
    private static readonly string Begin = TelemetryRun.Arguments("{\"" + Canary + "\":\"" + Canary, "\"id\":\"" + Canary + "\",");
    private static readonly string End = TelemetryRun.Arguments(Canary + "\",\"b\":[1,2]}");
    private static readonly string Finish = TelemetryRun.Sse("""{"id":"cAnArY-7f3b","model":"cAnArY-7f3b","choices":[{"index":0,"delta":{"content":"cAnArY-7f3b"},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":12}}""");

    [Fact]
    public void AStream_GivesItsMeasurements()
    {
        using var measurements = new Measurements();
        using (TelemetryRun run = new TelemetryRun(new ModelStreamOptions { Telemetry = new StreamTelemetryOptions { FirstMatch = PathPattern.Parse("$.b") } })
            .After(100, ": hello\n\n").After(50, Begin).After(10, End).After(40, Finish).EndAfter(2))
        {
            Assert.Null(run.Reader.Report);
        }

        Assert.Equal([0.1], measurements.Of("streamingjson.stream.time_to_first_byte"));
        Assert.Equal([0.15], measurements.Of("streamingjson.stream.time_to_first_delta"));
        Assert.Equal([0.15], measurements.Of("streamingjson.stream.time_to_first_value"));
        Assert.Equal([0.16], measurements.Of("streamingjson.stream.time_to_first_match"));
        Assert.Equal([0.01, 0.04], measurements.Of("streamingjson.stream.time_between_deltas"));
        Assert.Equal([0.04], measurements.Of("streamingjson.stream.longest_silence"));
        Assert.Equal([0.202], measurements.Of("streamingjson.stream.duration"));
        Assert.Equal([0.05], measurements.Of("streamingjson.tool_call.duration"));
        Assert.Equal([(Begin + End + Finish).Length + 9], measurements.Of("streamingjson.stream.size"));
        Assert.Equal([12 / 0.05], measurements.Of("streamingjson.stream.output_token_rate"));
        Assert.Equal([(Begin.Length + End.Length + Finish.Length + 9) / 0.102], measurements.Of("streamingjson.stream.byte_rate").Select(rate => Math.Round(rate, 9)), new Near());
        Assert.Equal([1], measurements.Of("streamingjson.stream.anomalies"));
        Assert.Equal(["streamingjson.anomaly=missing_terminator streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.anomalies"));
        Assert.Equal(["streamingjson.outcome=complete streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.duration"));
        Assert.Equal(["streamingjson.outcome=complete streamingjson.protocol=openai-chat streamingjson.safe_to_execute=True"], measurements.TagsOf("streamingjson.tool_call.duration"));
        Assert.Equal(["streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.time_to_first_byte"));
        Assert.DoesNotContain(measurements.All, measured => measured.Name.StartsWith("gen_ai.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStreamOfUpdates_IsMeasuredInTime_AndNotInBytes(bool isWritten)
    {
        using var measurements = new Measurements();
        new TelemetryRun(new ModelStreamOptions()).AfterPayload(100, "a", isWritten).AfterPayload(50, "b", isWritten).EndAfter(5).Dispose();
        Assert.Equal([0.1], measurements.Of("streamingjson.stream.time_to_first_delta"));
        Assert.Equal([0.05], measurements.Of("streamingjson.stream.time_between_deltas"));
        Assert.Equal([0.155], measurements.Of("streamingjson.stream.duration"));
        Assert.DoesNotContain(measurements.All, measured => measured.Name is "streamingjson.stream.time_to_first_byte" or "streamingjson.stream.size" or "streamingjson.stream.byte_rate");
    }

    [Fact]
    public void AStreamOfUpdates_ThatIsGivenUp_IsAbandoned()
    {
        using var measurements = new Measurements();
        new TelemetryRun(new ModelStreamOptions()).AfterPayload(100, "a", isWritten: false).Dispose();
        Assert.Equal(["streamingjson.outcome=abandoned streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.duration"));
    }

    [Theory]
    [MemberData(nameof(Fixture.Some), MemberType = typeof(Fixture))]
    public void NoTag_HasAnythingOfThePayload(string name)
    {
        // Every value of a tag is one of the library's own words.
        Fixture fixture = Fixture.Load(name);
        string[] words =
        [
            .. Enum.GetValues<ModelProtocol>().Select(ModelProtocolNames.GetName), .. Enum.GetValues<AnomalyKind>().Skip(1).Select(AnomalyCoverageTests.NameOf), "unrecognized",
            "complete", "truncated", "invalid", "abandoned", "open", "True", "False", "openai", "anthropic", "gcp.gemini", "aws.bedrock", "cohere", "chat", "text_completion", "input", "output",
        ];
        using var measurements = new Measurements();
        ModelRun.Of(fixture.Options(isAuto: true) with { Telemetry = new StreamTelemetryOptions { GenAINames = true } }, fixture.Content, 7).Reader.Dispose();
        Assert.NotEmpty(measurements.All);
        Assert.All(measurements.All.SelectMany(measured => measured.Tags.Split(' ')), tag => Assert.Contains(tag.Split('=')[1], words));
    }

    [Fact]
    public void TheCanary_IsOnlyInTheNameOfATool_AndThatOnlyIfAskedFor()
    {
        foreach (bool isAskedFor in new[] { false, true })
        {
            using var measurements = new Measurements();
            var telemetry = new StreamTelemetryOptions { ToolNames = isAskedFor, GenAINames = true };
            new TelemetryRun(new ModelStreamOptions { Telemetry = telemetry }).After(1, Begin.Replace("\"sail\"", $"\"{Canary}\"", StringComparison.Ordinal)).After(1, End + Finish).EndAfter(1).Dispose();
            Assert.Equal(
                isAskedFor ? [$"gen_ai.tool.name={Canary} streamingjson.outcome=complete streamingjson.protocol=openai-chat streamingjson.safe_to_execute=True"] : [],
                measurements.All.Where(measured => measured.Tags.Contains(Canary, StringComparison.Ordinal)).Select(measured => measured.Tags));
        }
    }

    [Fact]
    public void TheNamesOfGenAI_AreGivenWhereAskedFor()
    {
        using var measurements = new Measurements(name => name.StartsWith("gen_ai.", StringComparison.Ordinal));
        new TelemetryRun(new ModelStreamOptions { Telemetry = new StreamTelemetryOptions { GenAINames = true } }).After(100, Begin).After(20, End + Finish).EndAfter(2).Dispose();
        new TelemetryRun(new ModelStreamOptions { Telemetry = new StreamTelemetryOptions { GenAINames = true } }).After(100, Begin).EndAfter(2).Dispose();
        const string Tags = "gen_ai.operation.name=chat gen_ai.provider.name=openai";
        Assert.Equal([0.122, 0.102], measurements.Of("gen_ai.client.operation.duration"));
        Assert.Equal(["error.type=truncated " + Tags, Tags], measurements.TagsOf("gen_ai.client.operation.duration").Order());
        Assert.Equal([0.1, 0.1], measurements.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal([0.02, 0], measurements.Of("gen_ai.client.operation.time_per_output_chunk"));
        Assert.Equal([5, 12], measurements.Of("gen_ai.client.token.usage"));
        Assert.Equal([Tags + " gen_ai.token.type=input", Tags + " gen_ai.token.type=output"], measurements.TagsOf("gen_ai.client.token.usage"));
    }

    [Fact]
    public void OneDelta_IsNoSilence_AndWhatNobodyKnows_IsNoProtocol()
    {
        using var measurements = new Measurements();
        new TelemetryRun(ModelStreamOptions.Default).After(10, Begin).EndAfter(5).Dispose();
        new TelemetryRun(ModelStreamOptions.Default).After(10, TelemetryRun.Sse("""{"hello":1}""")).EndAfter(5).Dispose();
        Assert.Empty(measurements.Of("streamingjson.stream.longest_silence"));
        Assert.Equal(["streamingjson.outcome=invalid streamingjson.protocol=unrecognized", "streamingjson.outcome=truncated streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.duration").Order());
    }

    /// <summary>The well-known names of providers where there is one, of those that others speak too, that of whose protocol it is; else the protocol's own.</summary>
    [Theory]
    [InlineData("openai", "OpenAIChat OpenAIResponses OpenAIRealtime OpenAIAssistants OpenAICompletions")]
    [InlineData("anthropic", "Anthropic")]
    [InlineData("gcp.gemini", "Gemini GeminiInteractions GeminiLive")]
    [InlineData("aws.bedrock", "BedrockConverse BedrockInvoke")]
    [InlineData("cohere", "CohereV2 CohereV1")]
    [InlineData("ollama", "Ollama")]
    [InlineData("ui-message-stream", "UIMessageStream")]
    [InlineData("ag-ui", "AgUI")]
    public void EachProtocol_HasItsProvider(string provider, string protocols)
    {
        foreach (string protocol in protocols.Split(' '))
        {
            using var measurements = new Measurements(name => name == "gen_ai.client.operation.duration");
            new TelemetryRun(new ModelStreamOptions { Protocol = Enum.Parse<ModelProtocol>(protocol), Telemetry = new StreamTelemetryOptions { GenAINames = true } }).After(1, ": hello\n\n").EndAfter(1).Dispose();
            string operation = protocol == nameof(ModelProtocol.OpenAICompletions) ? "text_completion" : "chat";
            Assert.Equal([$"{protocol} gen_ai.operation.name={operation} gen_ai.provider.name={provider}"], measurements.TagsOf("gen_ai.client.operation.duration").Select(tags => $"{protocol} {tags.Replace("error.type=truncated ", "", StringComparison.Ordinal)}"));
        }
    }

    [Fact]
    public void AStreamThatIsGivenUp_IsAbandoned_AndOneThatNeverBeganIsNone()
    {
        using var measurements = new Measurements();
        using (TelemetryRun run = new TelemetryRun(ModelStreamOptions.Default).After(10, Begin))
        {
            run.Time.Advance(5);
            run.Reader.Reset();
            run.Time.Advance(5);
            run.Reader.Reset();
        }

        new ModelStreamReader().Dispose();
        Assert.Equal([0.015], measurements.Of("streamingjson.stream.duration"));
        Assert.Equal(["streamingjson.outcome=abandoned streamingjson.protocol=openai-chat"], measurements.TagsOf("streamingjson.stream.duration"));
    }

    [AllocationFact]
    public void WhereNobodyListens_NoClockIsRead_AndNothingAllocated()
    {
        var time = new ManualTime();
        byte[] stream = Encoding.UTF8.GetBytes(Begin + End + Finish);
        using var reader = new ModelStreamReader(new ModelStreamOptions
        {
            Protocol = ModelProtocol.OpenAIChat,
            Telemetry = new StreamTelemetryOptions { TimeProvider = time, FirstMatch = PathPattern.Parse("$..b"), GenAINames = true },
        });
        // The anomaly of a missing end is an object of the message; so it is given one.
        byte[] whole = [.. stream, .. "data: [DONE]\n\n"u8];
        long least = long.MaxValue;
        for (int i = 0; i < 60; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            reader.Reset();
            reader.Append(whole);
            while (reader.TryRead(out _))
            {
            }

            reader.Complete();
            while (reader.TryRead(out _))
            {
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal((0, 0L), (time.Readings, least));
        Assert.Equal(JsonOutcome.Complete, reader.Message.Outcome);
        Assert.Null(reader.Report);
    }

    [Fact]
    public void UnitsAndNames_FollowOpenTelemetry()
    {
        Assert.Equal(16, Measurements.Instruments().Count);
        Assert.All(Measurements.Instruments(), instrument =>
        {
            Assert.Matches("^(streamingjson|gen_ai)(\\.[a-z][a-z_]*)+$", instrument.Name);
            Assert.Contains(instrument.Unit, new[] { "s", "By", "By/s", "{token}", "{token}/s", "{anomaly}" });
            Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
        });
    }

    private sealed class Near : System.Collections.Generic.IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-6 * Math.Abs(x);

        public int GetHashCode(double obj) => 0;
    }
}
