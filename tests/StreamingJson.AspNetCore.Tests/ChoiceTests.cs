using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using StreamingJson.Binding;
using StreamingJson.Binding.Tests;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>Alternative answers (n > 1): patches carry all, a message is one.</summary>
public class ChoiceTests
{
    private static readonly byte[] TwoChoices = Fixture.Load("openai-chat/two-choices.sse").Content;

    [Fact]
    public async Task Patches_CarryAllChoices()
    {
        Forwarded forwarded = await Forwarded.OfAsync(TwoChoices, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch });
        AssertDocument(
            """
            {"items":[{"kind":"text","choice":0,"text":"Tea, please."},
                      {"kind":"text","choice":1,"text":"Coffee"},
                      {"kind":"tool_call","choice":1,"id":"call_b2","name":"brew","arguments":{"cups":2},"outcome":"complete","safe_to_execute":true,"reasons":[]}],
             "finish_reason":"stop","finish_reasons":{"0":"stop","1":"tool_calls"},"outcome":"complete"}
            """,
            forwarded);
    }

    [Fact]
    public async Task Patches_OfOneChoice_HaveNothingOfTheOthers()
    {
        Forwarded forwarded = await Forwarded.OfAsync(TwoChoices, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, Choice = 0 });
        AssertDocument("""{"items":[{"kind":"text","choice":0,"text":"Tea, please."}],"finish_reason":"stop","outcome":"complete"}""", forwarded);
        Assert.DoesNotContain("Coffee", forwarded.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Tea, please.", "", "stop")]
    [InlineData(0, "Tea, please.", "", "stop")]
    [InlineData(1, "Coffee", "brew", "tool-calls")]
    [InlineData(5, "", "", "other")]
    public async Task AMessage_IsTheChoiceThatIsAskedFor_OrTheFirst(int? choice, string text, string calls, string reason)
    {
        Forwarded ui = await Forwarded.OfAsync(TwoChoices, new ModelForwardOptions { Choice = choice });
        Assert.Equal(reason, (string)ui.Payloads[^1]["finishReason"]!);
        Forwarded agUI = await Forwarded.OfAsync(TwoChoices, new ModelForwardOptions { Format = ModelStreamFormat.AgUI, Choice = choice });
        Assert.Equal("RUN_FINISHED", agUI.Types.Last());
        foreach (Answer answer in new[] { Answer.OfUIMessageStream(ui), Answer.OfAgUI(agUI) })
        {
            Assert.Equal(text, answer.Text);
            Assert.Equal(calls, string.Concat(answer.Calls.Select(call => call.Name)));
        }
    }

    /// <summary>The first choice has ended; the second one is in the middle of its words.</summary>
    [Theory]
    [InlineData(ModelStreamFormat.JsonPatch, null, false)]
    [InlineData(ModelStreamFormat.JsonPatch, 0, true)]
    [InlineData(ModelStreamFormat.JsonPatch, 1, false)]
    [InlineData(ModelStreamFormat.UIMessageStream, null, true)]
    [InlineData(ModelStreamFormat.UIMessageStream, 1, false)]
    public async Task WhatIsForwarded_IsCompleteWhenAllOfItHasEnded(ModelStreamFormat format, int? choice, bool isComplete)
    {
        string source = Encoding.UTF8.GetString(TwoChoices);
        byte[] cut = Encoding.UTF8.GetBytes(source[..(source.IndexOf("\"finish_reason\":\"stop\"", StringComparison.Ordinal) + 29)]);
        ForwardOutcome outcome = default;
        var options = new ModelForwardOptions
        {
            Format = format,
            Choice = choice,
            OnEnded = answer =>
            {
                outcome = answer.Outcome;
                return default;
            },
        };
        Forwarded forwarded = await Forwarded.OfAsync(cut, options);
        Assert.Equal(isComplete ? ForwardOutcome.Complete : ForwardOutcome.Truncated, outcome);
        Assert.Equal(isComplete, !forwarded.Text.Contains("The answer broke off.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task APace_JoinsTheDeltasOfEachChoice()
    {
        string[] events = [.. Enumerable.Range(0, 8).Select(number =>
            $$"""data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":{{number % 2}},"delta":{"content":"{{number}}"},"finish_reason":null}]}""" + "\n\n")];
        byte[] source = Encoding.UTF8.GetBytes(string.Concat(events) + "data: [DONE]\n\n");
        var options = new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, Pace = Pace.Every(TimeSpan.FromSeconds(1)), TimeProvider = new ManualTime() };
        Forwarded forwarded = await Forwarded.OfAsync(source, options, chunkSize: events[0].Length);
        string[] values = [.. forwarded.Payloads.OfType<JsonArray>().SelectMany(patch => patch).Where(operation => (string)operation!["op"]! == "append").Select(operation => (string)operation!["value"]!)];
        Assert.Equal(["0", "246", "1357"], values.Order(StringComparer.Ordinal).OrderBy(value => value.Length));
        Assert.Equal("0246", (string)PatchedDocument.OfEvents(forwarded.Events)!["items"]![0]!["text"]!);
    }

    [Fact]
    public async Task Redaction_IsOfAllChoices()
    {
        byte[] source = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2).Select(number =>
            $$"""data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":{{number}},"delta":{"content":"{\"iban\":\"secret{{number}}\"}"},"finish_reason":"stop"}]}""" + "\n\n")) + "data: [DONE]\n\n");
        Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, RedactText = ["$.iban"] });
        Assert.DoesNotContain("secret", forwarded.Text, StringComparison.Ordinal);
        Assert.Equal(2, PatchedDocument.OfEvents(forwarded.Events)!["items"]!.AsArray().Count(item => (string)item!["value"]!["iban"]! == "[redacted]"));
    }

    [Fact]
    public void AChoice_IsNotNegative() => Assert.Throws<ArgumentOutOfRangeException>(() => new ModelForwardOptions { Choice = -1 });

    // The order of an object's members says nothing.
    private static void AssertDocument(string expected, Forwarded forwarded)
    {
        JsonNode actual = PatchedDocument.OfEvents(forwarded.Events)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }
}
