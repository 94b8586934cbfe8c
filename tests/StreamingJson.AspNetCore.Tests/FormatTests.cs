using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>Every fixture of every provider says the same when it was forwarded, in each format, however it was cut.</summary>
public class FormatTests
{
    public static TheoryData<string> Fixtures => new(Fixture.Names.Where(name => !name.EndsWith(".ws", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task AUIMessageStream_SaysWhatTheProviderSaid(string name)
    {
        Fixture fixture = Fixture.Load(name);
        await AssertSaysTheSameAsync(fixture, ModelStreamFormat.UIMessageStream, Answer.OfUIMessageStream, (expected, actual) =>
        {
            AssertGrew(fixture, expected, actual);
            if (actual.IsSafe)
            {
                JsonNode? input = JsonNode.Parse(expected.Arguments.AsSpan().Trim().IsEmpty ? "{}" : expected.Arguments);
                Assert.True(JsonNode.DeepEquals(input, actual.Input), $"{input} {actual.Input}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task AgUIEvents_SayWhatTheProviderSaid(string name) => await AssertSaysTheSameAsync(
        Fixture.Load(name), ModelStreamFormat.AgUI, Answer.OfAgUI, (expected, actual) =>
        {
            if (actual.Input is { } input && expected.IsSafe)
            {
                // Executed by the provider: told of whole, at its end.
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Arguments.AsSpan().Trim().IsEmpty ? "{}" : expected.Arguments), input), $"{expected.Arguments} {input}");
            }
            else
            {
                AssertGrew(Fixture.Load(name), expected, actual);
            }
        });

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Patches_GiveADocumentThatSaysWhatTheProviderSaid(string name) => await AssertSaysTheSameAsync(
        Fixture.Load(name),
        ModelStreamFormat.JsonPatch,
        forwarded => Answer.OfDocument(PatchedDocument.OfEvents(forwarded.Events)!),
        (expected, actual) =>
        {
            if (expected.IsSafe)
            {
                JsonNode? input = JsonNode.Parse(expected.Arguments.AsSpan().Trim().IsEmpty ? "{}" : expected.Arguments);
                Assert.True(JsonNode.DeepEquals(input, actual.Input), $"{input} {actual.Input}");
            }
        });

    /// <summary>The library's own reader of UI message streams and AG-UI events finds what it found in the provider's stream.</summary>
    [Theory]
    [InlineData(ModelStreamFormat.UIMessageStream, ModelProtocol.UIMessageStream)]
    [InlineData(ModelStreamFormat.AgUI, ModelProtocol.AgUI)]
    public async Task WhatIsForwarded_IsAStreamOfItsOwn(ModelStreamFormat format, ModelProtocol protocol)
    {
        Fixture fixture = Fixture.Load("anthropic/call.sse");
        using var direct = new ModelStreamReader(fixture.Options(isAuto: true));
        Answer expected = Answer.Expected(direct, fixture.Content);
        using var reader = new ModelStreamReader();
        Answer again = Answer.Expected(reader, (await Forwarded.OfAsync(fixture.Content, new ModelForwardOptions { Format = format })).Body);
        Assert.Equal(protocol, reader.Recognition.Protocol);
        Assert.Equal(JsonOutcome.Complete, reader.Message.Outcome);
        Assert.Empty(reader.Message.Anomalies);
        Assert.Equal(expected.Text, again.Text);
        Assert.Equal(
            expected.Calls.Select(call => (call.Name, call.Arguments, call.IsSafe)),
            again.Calls.Select(call => (call.Name, call.Arguments, call.IsSafe)));
        Assert.Equal("toolu_01Pier", reader.Message.Items.OfType<ToolCall>().Single().Id);
    }

    [Fact]
    public async Task UIMessageStream_ToTheLetter()
    {
        Forwarded forwarded = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.Delta("Hé\n\""), Forwarded.CallDelta("{\"a\":", "find"), Forwarded.CallDelta("1}")));
        Assert.Equal(
            """
            data: {"type":"start"}

            data: {"type":"start-step"}

            data: {"type":"text-start","id":"0"}

            data: {"type":"text-delta","id":"0","delta":"Hé\n\""}

            data: {"type":"text-end","id":"0"}

            data: {"type":"tool-input-start","toolCallId":"call_1","toolName":"find"}

            data: {"type":"tool-input-delta","toolCallId":"call_1","inputTextDelta":"{\"a\":"}

            data: {"type":"tool-input-delta","toolCallId":"call_1","inputTextDelta":"1}"}

            data: {"type":"tool-input-available","toolCallId":"call_1","toolName":"find","input":{"a":1}}

            data: {"type":"finish-step"}

            data: {"type":"finish","finishReason":"stop"}

            data: [DONE]


            """,
            forwarded.Text);
        Assert.Equal("v1", forwarded.Response.Headers["x-vercel-ai-ui-message-stream"]);
        Assert.Equal("text/event-stream", forwarded.Response.ContentType);
        Assert.Equal("no-cache, no-store, no-transform", forwarded.Response.Headers.CacheControl);
        Assert.Equal("no", forwarded.Response.Headers["X-Accel-Buffering"]);
        Assert.Equal("identity", forwarded.Response.Headers.ContentEncoding);
    }

    [Fact]
    public async Task AgUI_ToTheLetter()
    {
        Forwarded forwarded = await Forwarded.OfAsync(
            Forwarded.Chat("{\"reasoning\":\"Hm\"}", Forwarded.Delta("Hi"), Forwarded.CallDelta("{}", "find")),
            new ModelForwardOptions { Format = ModelStreamFormat.AgUI, ThreadId = "t1", RunId = "r1" });
        Assert.Equal(
            """
            {"type":"RUN_STARTED","threadId":"t1","runId":"r1"}
            {"type":"REASONING_START","messageId":"c1-0"}
            {"type":"REASONING_MESSAGE_START","messageId":"c1-0","role":"reasoning"}
            {"type":"REASONING_MESSAGE_CONTENT","messageId":"c1-0","delta":"Hm"}
            {"type":"REASONING_MESSAGE_END","messageId":"c1-0"}
            {"type":"REASONING_END","messageId":"c1-0"}
            {"type":"TEXT_MESSAGE_START","messageId":"c1","role":"assistant"}
            {"type":"TEXT_MESSAGE_CONTENT","messageId":"c1","delta":"Hi"}
            {"type":"TEXT_MESSAGE_END","messageId":"c1"}
            {"type":"TOOL_CALL_START","toolCallId":"call_1","toolCallName":"find","parentMessageId":"c1"}
            {"type":"TOOL_CALL_ARGS","toolCallId":"call_1","delta":"{}"}
            {"type":"TOOL_CALL_END","toolCallId":"call_1"}
            {"type":"RUN_FINISHED","threadId":"t1","runId":"r1"}
            """,
            string.Join('\n', forwarded.Events.Select(e => e.Data)));
        Assert.False(forwarded.Response.Headers.ContainsKey("x-vercel-ai-ui-message-stream"));
    }

    [Fact]
    public async Task Patches_ToTheLetter()
    {
        Forwarded forwarded = await Forwarded.OfAsync(
            Forwarded.Chat(Forwarded.Delta("Hi"), Forwarded.Delta("!"), Forwarded.CallDelta("{\"a\":\"x", "find"), Forwarded.CallDelta("y\"}")),
            new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch });
        Assert.Equal(
            """
            [{"op":"add","path":"","value":{"items":[],"outcome":"partial"}}]
            [{"op":"add","path":"/items/0","value":{"kind":"text","choice":0,"text":""}}]
            [{"op":"append","path":"/items/0/text","value":"Hi"}]
            [{"op":"append","path":"/items/0/text","value":"!"}]
            [{"op":"add","path":"/items/1","value":{"kind":"tool_call","choice":0,"id":"call_1","name":"find","outcome":"open","safe_to_execute":false}}]
            [{"op":"add","path":"/items/1/arguments","value":{"a":"x"}}]
            [{"op":"append","path":"/items/1/arguments/a","value":"y"}]
            [{"op":"add","path":"/items/1/outcome","value":"complete"},{"op":"add","path":"/items/1/safe_to_execute","value":true},{"op":"add","path":"/items/1/reasons","value":[]}]
            [{"op":"add","path":"/finish_reason","value":"stop"},{"op":"add","path":"/outcome","value":"complete"}]
            {}
            """,
            string.Join('\n', forwarded.Events.Select(e => e.Data)));
        Assert.Equal("done", forwarded.Events[^1].Type);
    }

    [Fact]
    public async Task Patches_OfStructuredOutput_AreOfItsValue()
    {
        Forwarded forwarded = await Forwarded.OfAsync(
            Forwarded.Chat(Forwarded.Delta("{\"title\":\"Mo"), Forwarded.Delta("ve\",\"n\":1"), Forwarded.Delta("2}")),
            new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, Source = new ModelStreamOptions { ReadTextAsJson = true } });
        Assert.Contains("""[{"op":"append","path":"/items/0/value/title","value":"ve"}]""", forwarded.Text, StringComparison.Ordinal);
        JsonNode document = PatchedDocument.OfEvents(forwarded.Events)!;
        Assert.Equal("""{"kind":"text","choice":0,"value":{"title":"Move","n":12}}""", document["items"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task ACallThatWasCut_IsNoCallToExecute()
    {
        byte[] cut = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Forwarded.Chat(Forwarded.CallDelta("{\"amount\":1", "pay"))).Replace("\"stop\"", "\"length\"", StringComparison.Ordinal));
        Forwarded ui = await Forwarded.OfAsync(cut);
        Assert.DoesNotContain("tool-input-available", ui.Types);
        JsonNode error = ui.Payloads.Single(payload => (string)payload["type"]! == "tool-input-error");
        Assert.Equal("{}", error["input"]!.ToJsonString());
        Assert.Equal("length", (string)ui.Payloads[^1]["finishReason"]!);

        Forwarded agUI = await Forwarded.OfAsync(cut, new ModelForwardOptions { Format = ModelStreamFormat.AgUI });
        Assert.DoesNotContain("TOOL_CALL_END", agUI.Types);
        Assert.Equal("unsafe_tool_call", (string)agUI.Payloads[^1]["code"]!);
        Assert.Contains("arguments_truncated", agUI.Text, StringComparison.Ordinal);
    }

    /// <summary>It is whole, and nobody's to execute: the client is told so, and of no fault.</summary>
    [Fact]
    public async Task ACallThatTheProviderExecutes_SaysSo()
    {
        byte[] source = Fixture.Load("anthropic/server-tools.sse").Content;
        Forwarded ui = await Forwarded.OfAsync(source);
        JsonNode[] calls = [.. ui.Payloads.Where(payload => (string)payload["type"]! is "tool-input-start" or "tool-input-available" or "tool-input-error")];
        Assert.Equal(6, calls.Length);
        Assert.All(calls, call => Assert.Equal((true, false), ((bool)call["providerExecuted"]!, (string)call["type"]! == "tool-input-error")));
        Assert.DoesNotContain("providerExecuted", (await Forwarded.OfAsync(Fixture.Load("anthropic/call.sse").Content)).Text, StringComparison.Ordinal);

        using var reader = new ModelStreamReader();
        Answer.Expected(reader, ui.Body);
        Assert.All(reader.Message.Items.OfType<ToolCall>(), call => Assert.Equal((true, UnsafeReasons.ProviderExecuted), (call.IsProviderExecuted, call.Reasons)));

        // In AG-UI nothing marks a call whose end a client takes for its own to execute: so it is none there.
        Forwarded agUI = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.AgUI });
        Assert.DoesNotContain(agUI.Types, type => type.StartsWith("TOOL_CALL", StringComparison.Ordinal));
        JsonNode[] told = [.. agUI.Payloads.Where(payload => (string)payload["type"]! == "CUSTOM")];
        Assert.All(told, payload => Assert.Equal("streamingjson.provider_executed_tool_call", (string)payload["name"]!));
        Assert.Equal(
            reader.Message.Items.OfType<ToolCall>().Select(call => (call.Id, call.Name, "complete", "[\"provider_executed\"]")),
            told.Select(payload => payload["value"]!).Select(value =>
                ((string)value["toolCallId"]!, (string)value["toolCallName"]!, (string)value["outcome"]!, value["reasons"]!.ToJsonString())));
        Assert.Equal("RUN_FINISHED", agUI.Types.Last());
        Forwarded patches = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch });
        JsonNode call = PatchedDocument.OfEvents(patches.Events)!["items"]!.AsArray().First(item => (string)item!["kind"]! == "tool_call")!;
        Assert.Equal(("[\"provider_executed\"]", false), (call["reasons"]!.ToJsonString(), (bool)call["safe_to_execute"]!));
    }

    [Fact]
    public async Task ArgumentsAfterTheEnd_TakeTheVerdictBack()
    {
        Fixture fixture = Fixture.Load("openai-chat/arguments-after-end.sse");
        Forwarded forwarded = await Forwarded.OfAsync(fixture.Content);
        Assert.Equal("tool-input-error", forwarded.Types.Last(type => type.StartsWith("tool-input", StringComparison.Ordinal)));
    }

    /// <summary>An item is told of when its name is known, and stands where it is told of: RFC 6902 has no place behind the next one.</summary>
    [Fact]
    public async Task ACallWhoseNameComesLate_StandsBehindWhatCameBetween()
    {
        byte[] source = Forwarded.Chat(
            """{"tool_calls":[{"index":0,"id":"call_a","function":{"arguments":"{\"a\":"}}]}""",
            """{"tool_calls":[{"index":1,"id":"call_b","function":{"name":"second","arguments":"{}"}}]}""",
            """{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"first","arguments":"1}"}}]}""");
        Forwarded patches = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch });
        Answer answer = Answer.OfDocument(PatchedDocument.OfEvents(patches.Events)!);
        Assert.Equal([("second", "{}"), ("first", "{\"a\":1}")], answer.Calls.Select(call => (call.Name, call.Input!.ToJsonString())));
        answer = Answer.OfUIMessageStream(await Forwarded.OfAsync(source));
        Assert.Equal([("second", "{}"), ("first", "{\"a\":1}")], answer.Calls.Select(call => (call.Name, call.Arguments)));
    }

    [Fact]
    public async Task Reasoning_MayBeLeftOut()
    {
        byte[] source = Forwarded.Chat("{\"reasoning\":\"secret thought\"}", Forwarded.Delta("Hi"));
        foreach (ModelStreamFormat format in Enum.GetValues<ModelStreamFormat>())
        {
            Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format, IncludeReasoning = false });
            Assert.DoesNotContain("thought", forwarded.Text, StringComparison.Ordinal);
            Assert.Contains("Hi", forwarded.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>No text, name or id that a model writes can end a line of the event it stands in.</summary>
    [Theory]
    [InlineData("\n\ndata: {\"type\":\"finish\"}\n\n")]
    [InlineData("\r\revent: evil\rdata: x\r\r")]
    [InlineData("\r\n\r\nid: 1\r\n\0\u2028\u2029\u0085")]
    public async Task LineBreaks_StayInTheText(string evil)
    {
        byte[] source = Forwarded.Chat(
            Forwarded.Delta(evil),
            Forwarded.CallDelta(System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [evil] = evil }), evil).Replace("call_1", System.Text.Json.JsonEncodedText.Encode(evil).ToString(), StringComparison.Ordinal));
        foreach (ModelStreamFormat format in Enum.GetValues<ModelStreamFormat>())
        {
            Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format, MessageId = evil, ThreadId = evil, RunId = evil });
            Assert.DoesNotContain('\r', forwarded.Text);
            Assert.All(forwarded.Text.Split('\n'), line => Assert.True(line.Length == 0 || line.StartsWith("data: ", StringComparison.Ordinal) || line == "event: done", line));
            Answer answer = format switch
            {
                ModelStreamFormat.UIMessageStream => Answer.OfUIMessageStream(forwarded),
                ModelStreamFormat.AgUI => Answer.OfAgUI(forwarded),
                _ => Answer.OfDocument(PatchedDocument.OfEvents(forwarded.Events)!),
            };
            Assert.Equal(evil, answer.Text);
            Assert.Equal(evil, Assert.Single(answer.Calls).Name);
        }
    }

    // What comes after the end of a call does not leave; and one provider takes arguments back that have left.
    private static void AssertGrew(Fixture fixture, AnswerCall expected, AnswerCall actual)
    {
        if (expected.IsSafe)
        {
            Assert.Equal(expected.Arguments, actual.Arguments);
        }
        else if (fixture.Name != "gemini/patches-out-of-order.sse")
        {
            Assert.StartsWith(actual.Arguments, expected.Arguments, StringComparison.Ordinal);
        }
    }

    private static async Task AssertSaysTheSameAsync(Fixture fixture, ModelStreamFormat format, Func<Forwarded, Answer> read, Action<AnswerCall, AnswerCall> compareArguments)
    {
        using var reader = new ModelStreamReader(fixture.Options(isAuto: false));
        Answer expected = Answer.Expected(reader, fixture.Content, format == ModelStreamFormat.JsonPatch ? null : 0);
        var options = new ModelForwardOptions { Format = format, Source = fixture.Options(isAuto: false), ThreadId = "t", RunId = "r", MessageId = "m" };
        Forwarded forwarded = await Forwarded.OfAsync(fixture.Content, options);
        if (forwarded.Status != 200)
        {
            Assert.Equal(502, forwarded.Status);
            Assert.Empty(expected.Text + expected.Reasoning);
            Assert.Empty(expected.Calls);
            return;
        }

        foreach (int size in new[] { 1, 7 })
        {
            Assert.Equal(forwarded.Text, (await Forwarded.OfAsync(fixture.Content, options, size)).Text);
        }

        Answer actual = read(forwarded);
        Assert.Equal(format == ModelStreamFormat.JsonPatch ? expected.TextByItem : expected.Text, actual.Text);
        Assert.Equal(expected.Reasoning, actual.Reasoning);
        Assert.Equal(expected.Calls.Select(call => (call.Name, call.IsSafe)), actual.Calls.Select(call => (call.Name, call.IsSafe)));
        foreach ((AnswerCall expectedCall, AnswerCall actualCall) in expected.Calls.Zip(actual.Calls))
        {
            compareArguments(expectedCall, actualCall);
        }
    }
}
