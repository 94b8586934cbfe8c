using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
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
