using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using StreamingJson.AspNetCore.Formats;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>What is redacted does not leave, in no format, however the model cut it; what a guard stopped does not either.</summary>
public class RedactionTests
{
    private const string Canary = "4111-1111";

    public static TheoryData<ModelStreamFormat> Formats => new(Enum.GetValues<ModelStreamFormat>());

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Arguments_AtEveryCut(ModelStreamFormat format)
    {
        const string Arguments = $$$"""{"to":"Bo","card":{"number":"{{{Canary}}}","cvc":123},"n":1}""";
        var options = new ModelForwardOptions { Format = format, RedactArguments = ["$.card.number", "$.card.cvc"], ThreadId = "t", RunId = "r" };
        for (int cut = 0; cut <= Arguments.Length; cut++)
        {
            Forwarded forwarded = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.CallDelta(Arguments[..cut], "pay"), Forwarded.CallDelta(Arguments[cut..])), options);
            Assert.DoesNotContain("4111", forwarded.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("123", forwarded.Text, StringComparison.Ordinal);
            Assert.Equal("""{"to":"Bo","card":{"number":"[redacted]","cvc":"[redacted]"},"n":1}""", ArgumentsOf(format, forwarded));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task StructuredText_AndAPace(ModelStreamFormat format)
    {
        string[] deltas = [.. $$"""{"title":"x","iban":"{{Canary}}","end":true}""".Select(letter => Forwarded.Delta(letter.ToString()))];
        Forwarded forwarded = await Forwarded.OfAsync(
            Forwarded.Chat(deltas),
            new ModelForwardOptions { Format = format, RedactText = ["$.iban"], Replacement = "null", Pace = Pace.Every(TimeSpan.FromMilliseconds(1)) });
        Assert.DoesNotContain("4111", forwarded.Text, StringComparison.Ordinal);
        string text = format switch
        {
            ModelStreamFormat.UIMessageStream => Answer.OfUIMessageStream(forwarded).Text,
            ModelStreamFormat.AgUI => Answer.OfAgUI(forwarded).Text,
            _ => PatchedDocument.OfEvents(forwarded.Events)!["items"]![0]!["value"]!.ToJsonString(),
        };
        Assert.Equal("""{"title":"x","iban":null,"end":true}""", text);
    }

    /// <summary>Where nobody can say what a value is, nothing leaves.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task WhatIsNotJson_DoesNotLeave(ModelStreamFormat format)
    {
        var options = new ModelForwardOptions { Format = format, RedactText = ["$.iban"], RedactArguments = ["$.iban"] };
        Forwarded text = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.Delta($"Your IBAN is {Canary}")), options);
        Assert.DoesNotContain("IBAN is", text.Text, StringComparison.Ordinal);
        Forwarded call = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.CallDelta("{\"a\":1", "pay"), Forwarded.CallDelta($"}} {{\"iban\":\"{Canary}\"}}")), options);
        Assert.DoesNotContain("4111", call.Text, StringComparison.Ordinal);
        Forwarded cut = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.CallDelta($"{{\"iban\":\"{Canary}", "pay")), options);
        Assert.DoesNotContain("4111", cut.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AGuard_StopsBeforeTheDeltaLeaves_AndEndsTheSource(ModelStreamFormat format)
    {
        byte[] source = Forwarded.Chat(
            Forwarded.Delta("One moment."), Forwarded.CallDelta("{\"sql\":\"select 1; dr", "run"), Forwarded.CallDelta("op table users"), Forwarded.CallDelta("\"}"), Forwarded.Delta("Done"));
        var stream = new ChunkStream(source, 64);
        ForwardOutcome outcome = ForwardOutcome.Running;
        StreamStop? stop = null;
        Forwarded forwarded = await Forwarded.OfAsync(stream, new ModelForwardOptions
        {
            Format = format,
            Configure = model => model.StopOnArguments("$.sql", value => Encoding.UTF8.GetString(value.TextUtf8).Contains("drop", StringComparison.Ordinal)),
            OnEnded = answer =>
            {
                outcome = answer.Outcome;
                stop = answer.Stop;
                return default;
            },
        });
        Assert.Contains("One moment.", forwarded.Text, StringComparison.Ordinal);
        Assert.Contains("select 1", forwarded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("op table", forwarded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("drop", forwarded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Done", forwarded.Text, StringComparison.Ordinal);
        Assert.Contains("The answer was stopped.", forwarded.Text, StringComparison.Ordinal);
        Assert.Equal(ForwardOutcome.Stopped, outcome);
        Assert.Equal("/sql", stop!.Pointer);
        Assert.True(stream.IsDisposed);
        Assert.True(stream.Taken < source.Length);
    }

    /// <summary>What has left of a call that was stopped may be a whole value, and its end may have come with the same read: it is safe in no format.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task ACallThatAGuardStopped_IsNotSafe_HoweverMuchHadArrived(ModelStreamFormat format)
    {
        byte[] source = Forwarded.Chat(Forwarded.CallDelta("{\"all\":true", "query"), Forwarded.CallDelta(",\"sql\":\"drop table x\"}"));
        var options = new ModelForwardOptions
        {
            Format = format,
            ThreadId = "t",
            RunId = "r",
            Configure = model => model.StopOnArguments("$.sql", value => value.TextUtf8.StartsWith("drop"u8), "query"),
        };
        string whole = (await Forwarded.OfAsync(source, options)).Text;
        Assert.Contains("all", whole, StringComparison.Ordinal);
        Assert.Matches("stopped.?\"", whole);
        Assert.DoesNotContain("drop", whole, StringComparison.Ordinal);
        foreach (string safe in new[] { "tool-input-available", "TOOL_CALL_END", "\"safe_to_execute\",\"value\":true", "safe_to_execute\":true" })
        {
            Assert.DoesNotContain(safe, whole, StringComparison.Ordinal);
        }

        Assert.Equal(whole, (await Forwarded.OfAsync(source, options, 1)).Text);
        Assert.Equal(whole, (await Forwarded.OfAsync(source, options, 10)).Text);
    }

    /// <summary>A call that the client was told is safe is taken back when a later one makes a guard stop.</summary>
    [Theory]
    [InlineData(ModelStreamFormat.UIMessageStream, "tool-input-error")]
    [InlineData(ModelStreamFormat.AgUI, "streamingjson.unsafe_tool_call")]
    [InlineData(ModelStreamFormat.JsonPatch, "\"/items/0/safe_to_execute\",\"value\":false")]
    public async Task ACallThatHadEnded_IsTakenBack_WhenAGuardStops(ModelStreamFormat format, string expected)
    {
        byte[] source = Forwarded.Sse(
            """{"type":"message_start","message":{"id":"m","model":"c","content":[]}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"read","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"card\":1}"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"query","input":{}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"sql\":1}"}}""",
            """{"type":"message_stop"}""");
        Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions
        {
            Format = format,
            RedactArguments = ["$.card"],
            Configure = model => model.StopOnArguments("$.sql", _ => true),
        });
        string last = forwarded.Events.Last(next => next.Data.Contains(expected, StringComparison.Ordinal)).Data;
        Assert.Contains("stopped", last, StringComparison.Ordinal);
        Assert.Contains("The answer was stopped.", forwarded.Text, StringComparison.Ordinal);
    }

    /// <summary>As deep as arguments may be, and what stands for a value goes deeper: what leaves is the program's own text and has no limit of its own.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AReplacement_MayBeDeeperThanTheArgumentsMayBe(ModelStreamFormat format)
    {
        string arguments = $$"""{"card":"{{Canary}}","keep":"important"}""";
        for (int depth = 1; depth < 64; depth++)
        {
            arguments = $$"""{"a":{{arguments}},"z":{{depth}}}""";
        }

        Forwarded forwarded = await Forwarded.OfAsync(
            Forwarded.Chat(Forwarded.CallDelta(arguments[..400], "pay"), Forwarded.CallDelta(arguments[400..])),
            new ModelForwardOptions { Format = format, RedactArguments = ["$..card"], Replacement = """{"r":[1]}""" });
        Assert.DoesNotContain("4111", forwarded.Text, StringComparison.Ordinal);
        string safe = format switch
        {
            ModelStreamFormat.UIMessageStream => forwarded.Events.Single(next => next.Data.Contains("tool-input-available", StringComparison.Ordinal)).Data,
            ModelStreamFormat.AgUI => forwarded.Text + "\"z\":63",
            _ => forwarded.Text,
        };
        Assert.Contains("important", safe, StringComparison.Ordinal);
        Assert.Contains(format == ModelStreamFormat.JsonPatch ? "/arguments/z\",\"value\":63" : "\"z\":63", safe, StringComparison.Ordinal);
        Assert.Contains(format switch { ModelStreamFormat.AgUI => "TOOL_CALL_END", ModelStreamFormat.JsonPatch => "safe_to_execute\",\"value\":true", _ => "tool-input-available" }, forwarded.Text, StringComparison.Ordinal);
    }

    /// <summary>Should less have left than the call is, it is not safe, whatever the library says of the call.</summary>
    [Fact]
    public void ACallOfWhichNotAllHasLeft_IsNotSound()
    {
        foreach ((int depth, bool isSound) in new[] { (2, true), (1, false) })
        {
            using var reader = new ModelStreamReader();
            reader.Append(Forwarded.Chat(Forwarded.CallDelta("""{"card":1,"n":[2]}""", "pay")));
            reader.Complete();
            while (reader.TryRead(out _))
            {
            }

            var call = (ToolCall)reader.Message.Items[0];
            using var item = new ForwardedItem(call, ["$.card"], null, isJson: true, new JsonLimits { MaxDepth = depth });
            item.Take(call.TextUtf8);
            item.Complete();
            Assert.True(call.IsSafeToExecute);
            Assert.Equal((isSound, isSound), (CallInput.IsSound(item), CallInput.IsSafeToExecute(item)));
            Assert.Equal(isSound ? UnsafeReasons.None : UnsafeReasons.ArgumentsTruncated, CallInput.ReasonsOf(item));
        }
    }

    /// <summary>What the client was told of the end of a redacted call may be taken back, and the arguments are told again.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AVerdictThatChanges_OfARedactedCall(ModelStreamFormat format)
    {
        byte[] moreArguments = Forwarded.Sse(
            $$"""{"choices":[{"index":0,"delta":{{Forwarded.CallDelta($$"""{"card":"{{Canary}}","n":1}""", "pay")}}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            $$"""{"choices":[{"index":0,"delta":{{Forwarded.CallDelta(Canary)}}}]}""",
            "[DONE]");
        byte[] cancellation = Forwarded.Sse(
            $$$"""{"toolCall":{"functionCalls":[{"id":"1","name":"pay","args":{"card":"{{{Canary}}}","n":1}}]}}""",
            """{"toolCallCancellation":{"ids":["1"]}}""",
            """{"serverContent":{"turnComplete":true}}""");
        foreach (byte[] source in new[] { moreArguments, cancellation })
        {
            Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format, RedactArguments = ["$.card"] });
            Assert.DoesNotContain("4111", forwarded.Text, StringComparison.Ordinal);
            Assert.Equal(200, forwarded.Status);
            string last = format switch
            {
                ModelStreamFormat.UIMessageStream => forwarded.Payloads.Last(next => (string)next["type"]! == "tool-input-error")["input"]!.ToJsonString(),
                ModelStreamFormat.AgUI => ArgumentsOf(format, forwarded),
                _ => PatchedDocument.OfEvents(forwarded.Events)!["items"]![0]!["arguments"]!.ToJsonString(),
            };
            Assert.Equal("""{"card":"[redacted]","n":1}""", last);
        }
    }

    /// <summary>Nothing is told when the name comes; what a pace holds back waits until the guard has looked.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task ACallWhoseNameComesLate_WaitsForItsGuard(ModelStreamFormat format)
    {
        byte[] source = Forwarded.Chat(
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"sql\":\"drop\"}"}}]}""",
            """{"tool_calls":[{"index":0,"id":"a"}]}""",
            """{"tool_calls":[{"index":0,"id":"a"}]}""",
            """{"tool_calls":[{"index":0,"id":"a","function":{"name":"query"}}]}""");
        foreach (int chunkSize in new[] { 0, 1 })
        {
            Forwarded forwarded = await Forwarded.OfAsync(
                source,
                new ModelForwardOptions
                {
                    Format = format,
                    Pace = Pace.Every(TimeSpan.FromMilliseconds(1)),
                    Configure = model => model.StopOnArguments("$.sql", value => value.ValueEquals("drop"), "query"),
                },
                chunkSize);
            Assert.DoesNotContain("drop", forwarded.Text, StringComparison.Ordinal);
            Assert.Contains("The answer was stopped.", forwarded.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatCannotBe_IsRefusedBeforeItMatters()
    {
        Assert.Throws<PathPatternException>(() => new ModelForwardOptions { RedactArguments = ["card"] });
        Assert.ThrowsAny<JsonException>(() => new ModelForwardOptions { Replacement = "[redacted" });
        Assert.Throws<ArgumentException>(() => new ModelForwardOptions { Pace = new Pace { OnCompletion = true } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelForwardOptions { Heartbeat = TimeSpan.Zero });
        ModelStreamResult result = Microsoft.AspNetCore.Http.Results.Extensions.ModelStream(new ChunkStream(Forwarded.Chat(Forwarded.Delta("x"))));
        await Forwarded.OfAsync(result);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Forwarded.OfAsync(result));
    }

    [Fact]
    public async Task TheLog_HasTheWholeAnswer_AsItWas()
    {
        string? log = null;
        byte[] source = Forwarded.Chat(Forwarded.Delta("Hi"), Forwarded.CallDelta($$"""{"card":"{{Canary}}"}""", "pay"));
        ForwardedAnswer? seen = null;
        Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions
        {
            RedactArguments = ["$.card"],
            OnEnded = answer =>
            {
                seen = answer;
                var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                using var json = new Utf8JsonWriter(buffer);
                FinalMessageWriter.Write(json, answer.Reader!);
                json.Flush();
                log = Encoding.UTF8.GetString(buffer.WrittenSpan);
                return default;
            },
        });
        JsonArray items = JsonNode.Parse(log!)!["items"]!.AsArray();
        Assert.Equal("Hi", (string)items[0]!["text"]!);
        Assert.Equal($$"""{"card":"{{Canary}}"}""", (string)items[1]!["arguments"]!);
        Assert.Equal(ForwardOutcome.Complete, seen!.Outcome);
        Assert.Equal(forwarded.Body.Length, seen.BytesSent);
        Assert.Equal(forwarded.Events.Count, seen.EventsSent);
    }

    private static string ArgumentsOf(ModelStreamFormat format, Forwarded forwarded) => format switch
    {
        ModelStreamFormat.UIMessageStream => Assert.Single(Answer.OfUIMessageStream(forwarded).Calls).Input!.ToJsonString(),
        ModelStreamFormat.AgUI => Assert.Single(Answer.OfAgUI(forwarded).Calls).Arguments,
        _ => Assert.Single(Answer.OfDocument(PatchedDocument.OfEvents(forwarded.Events)!).Calls).Input!.ToJsonString(),
    };
}
