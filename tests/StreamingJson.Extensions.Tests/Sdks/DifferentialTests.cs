using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using StreamingJson.Anthropic;
using StreamingJson.Framing;
using StreamingJson.OpenAI;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Extensions.Tests.Sdks;

/// <summary>A stream gives the same calls through the types of the provider's SDK as from its bytes.</summary>
public class DifferentialTests(ITestOutputHelper output)
{
    private const string WholeAnswer = "an answer that was not streamed is no update of a stream";

    // What the SDK does not hand on, so that it cannot come out the same.
    private static readonly Dictionary<string, string> Lost = new()
    {
        ["openai-chat/audio-whole-answer.json"] = WholeAnswer,
        ["openai-chat/lost-piece-unknown-line.sse"] = "a line that is no field is skipped, as the standard of server-sent events says",
        ["openai-chat/missing-index-ambiguous.sse"] = "a missing index reads as 0",
        ["openai-chat/missing-index-two-calls.sse"] = "a missing index reads as 0",
        ["openai-chat/two-choices.sse"] = "of each chunk the first choice is shown, and not which it is",
        ["openai-chat/whole-answer.json"] = WholeAnswer,
        ["openai-chat/whole-answers.ndjson"] = WholeAnswer,
        ["openai-responses/whole-answer.json"] = WholeAnswer,
        ["openai-responses/whole-answer-incomplete.ndjson"] = WholeAnswer,
    };

    public static TheoryData<string> Fixtures => [.. Fixture.Names.Where(name => IsOfAnSdk(name.Split('/')[0]))];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void AFixture(string name)
    {
        Fixture fixture = Fixture.Load(name);
        string? difference = Compare(fixture.Protocol, fixture.Framing, fixture.Content);
        if (Lost.ContainsKey(name))
        {
            Assert.NotNull(difference);
        }
        else
        {
            Assert.Null(difference);
        }
    }

    /// <summary>Servers that speak Responses and do not count; the SDK reads each as number 0.</summary>
    [Fact]
    public void AStreamWithoutSequenceNumbers_IsNoGap()
    {
        Fixture fixture = Fixture.Load("openai-responses/call.sse");
        byte[] content = Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(fixture.Content), "\"sequence_number\":[0-9]+,?", string.Empty));
        Assert.DoesNotContain("sequence_number", Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        Assert.Null(Compare(fixture.Protocol, fixture.Framing, content));
        using var reader = new ModelStreamReader();
        ModelMessage message = SdkStream.ReadMessage(SdkStream.TryRead(fixture.Protocol, fixture.Framing, content)!, OpenAIUpdateAdapter.Instance, reader);
        Assert.DoesNotContain(AnomalyKind.SequenceGap, message.Anomalies.Select(anomaly => anomaly.Kind));
        Assert.All(message.Items.OfType<ToolCall>(), call => Assert.True(call.IsSafeToExecute, call.Reasons.ToString()));
        Assert.NotEmpty(message.Items.OfType<ToolCall>());
    }

    [Theory]
    [InlineData("""{"code":502,"message":"Upstream failed."}""", "502", "Upstream failed.")]
    [InlineData("""{"type":"server_error","message":"Busy.","code":null}""", "server_error", "Busy.")]
    [InlineData("""{"message":"\u00e4 \"x\"","status":true}""", "true", "\u00e4 \"x\"")]
    [InlineData("\"Busy.\"", null, "Busy.")]
    [InlineData("""{"code":{"a":1},"message":"m"}""", """{"a":1}""", "m")]
    [InlineData("{}", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("true", null, null)]
    [InlineData("null", null, null)]
    public void AnErrorInAChunk_IsReadThoughTheSdkHasNoPropertyForIt(string error, string? code, string? message)
    {
        string call = """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]},"finish_reason":null}]}""";
        byte[] content = ModelRun.Sse(call, $$$"""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"error":{{{error}}}}""", "[DONE]");
        using var reader = new ModelStreamReader();
        ModelMessage read = SdkStream.ReadMessage(SdkStream.TryRead(ModelProtocol.OpenAIChat, FrameFormat.ServerSentEvents, content)!, OpenAIUpdateAdapter.Instance, reader);
        Assert.Equal(error == "null" ? [] : [(code, message)], read.Errors.Select(e => (e.Code, (string?)e.Message)));
        Assert.Equal(error == "null", read.Items.OfType<ToolCall>().Single().IsSafeToExecute);
        using var wire = new ModelStreamReader();
        Assert.Equal(ModelRun.Of(wire, content).Message.Errors, read.Errors);
        Assert.Null(Compare(ModelProtocol.OpenAIChat, FrameFormat.ServerSentEvents, content));
    }

    [Fact]
    public void AGapInTheSequenceNumbers_IsSeenThroughTheSdkToo()
    {
        Fixture fixture = Fixture.Load("openai-responses/call.sse");
        List<object> updates = [.. SdkStream.TryRead(fixture.Protocol, fixture.Framing, fixture.Content)!];
        updates.RemoveAt(1);
        using var reader = new ModelStreamReader();
        Assert.Contains(AnomalyKind.SequenceGap, SdkStream.ReadMessage(updates, OpenAIUpdateAdapter.Instance, reader).Anomalies.Select(anomaly => anomaly.Kind));
    }

    [SharedSuiteFact("recorded")]
    public void TheRecordings()
    {
        string folder = SharedSuite.Find("recorded")!;
        string[] files = [.. new[] { "openai-chat", "openai-responses", "anthropic" }.SelectMany(protocol => Directory.GetFiles(Path.Combine(folder, protocol), "*.sse"))];
        var differences = new List<string>();
        int refused = 0;
        foreach (string file in files)
        {
            Assert.True(ModelProtocolNames.TryParse(Path.GetFileName(Path.GetDirectoryName(file)), out ModelProtocol protocol));
            byte[] content = File.ReadAllBytes(file);
            refused += SdkStream.TryRead(protocol, FrameFormat.ServerSentEvents, content) is null ? 1 : 0;
            if (Compare(protocol, FrameFormat.ServerSentEvents, content) is { } difference)
            {
                differences.Add($"{Path.GetFileName(file)}: {difference}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Length} streams, {refused} of them refused by the SDK"));
        Assert.Empty(differences);
        Assert.True(refused < files.Length / 2);
    }

    private static bool IsOfAnSdk(string folder) => folder is "openai-chat" or "openai-responses" or "anthropic";

    private static string? Compare(ModelProtocol protocol, FrameFormat framing, byte[] content)
    {
        if (SdkStream.TryRead(protocol, framing, content) is not { } updates)
        {
            return null;
        }

        var options = new ModelStreamOptions { Protocol = protocol };
        ModelUpdateAdapter adapter = protocol == ModelProtocol.Anthropic ? AnthropicUpdateAdapter.Instance : OpenAIUpdateAdapter.Instance;
        using var wire = new ModelStreamReader(options with { Framing = framing });
        ModelMessage expected = ModelRun.Of(wire, content).Message;
        using var typed = new ModelStreamReader(options);
        ModelMessage actual = SdkStream.ReadMessage(updates, adapter, typed);
        string calls = string.Join('\n', SdkStream.Calls(expected));
        string other = string.Join('\n', SdkStream.Calls(actual));
        return calls != other ? $"from the bytes\n{calls}\nthrough the SDK\n{other}" :
            SdkStream.TextOf(expected) != SdkStream.TextOf(actual) ? $"text '{SdkStream.TextOf(actual)}', not '{SdkStream.TextOf(expected)}'" : null;
    }
}
