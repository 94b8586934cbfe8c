using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using StreamingJson.Binding;
using StreamingJson.Extensions.AI;
using StreamingJson.Extensions.Tests.Sdks;
using StreamingJson.OpenAI;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>Values of a type: of the arguments of a call, and of structured output.</summary>
public class PartialTests
{
    [Fact]
    public async Task EachContent_ShowsItsOwnMoment_AlsoWhenItIsAskedLater_AndInAnyOrder()
    {
        Fixture fixture = Fixture.Load("openai-chat/call-in-pieces.sse");
        IEnumerable<ChatResponseUpdate> updates = SdkStream.TryRead(fixture.Protocol, fixture.Framing, fixture.Content)!.Select(update => new ChatResponseUpdate { RawRepresentation = update });
        using IChatClient client = new ScriptedChatClient(updates).UseStreamingJson(OpenAIUpdateAdapter.Instance);
        var then = new List<(PartialFunctionCallContent Call, Partial<Weather> Partial)>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([]))
        {
            then.AddRange(update.Contents.OfType<PartialFunctionCallContent>().Select(call => (call, call.GetPartial(WeatherContext.Default.Weather))));
        }

        Assert.True(then.Select(pair => pair.Partial.Value?.City).Distinct().Count() > 2);
        Assert.True(then[^1].Partial.IsComplete || then[^1].Call.Outcome == ToolCallOutcome.Complete);
        foreach ((PartialFunctionCallContent call, Partial<Weather> partial) in Enumerable.Reverse(then).Concat(then))
        {
            Partial<Weather> later = call.GetPartial(WeatherContext.Default.Weather);
            Assert.Equal(partial.Value, later.Value);
            Assert.Equal(partial.GetState("/city"), later.GetState("/city"));
        }

        Assert.Throws<ArgumentNullException>(() => then[0].Call.GetPartial<Weather>(null!));
    }

    [Theory]
    [InlineData("{\"ci|ty\":\"Ou|lu\",\"days\":3}", ",Ou,Oulu,Oulu", null)]
    [InlineData("{\"city\":\"Ou|lu", "Ou,Oulu,Oulu", JsonErrorCode.UnexpectedEnd)]
    [InlineData("Sure! |{\"city\":1}", "", JsonErrorCode.ExpectedValue)]
    [InlineData("", "", JsonErrorCode.UnexpectedEnd)]
    public async Task Text_OfOneMessage(string text, string cities, JsonErrorCode? error)
    {
        var seen = new List<Partial<Weather>>();
        StreamingJsonException? thrown = null;
        try
        {
            await foreach (Partial<Weather> partial in Updates(text.Split('|').Select(piece => Said("m1", piece))).ReadPartialsAsync(WeatherContext.Default.Weather))
            {
                seen.Add(partial);
            }
        }
        catch (StreamingJsonException bad)
        {
            thrown = bad;
        }

        Assert.Equal(cities, string.Join(',', seen.Select(partial => partial.Value?.City)));
        Assert.Equal(error, thrown?.Code);
        Assert.Equal(error switch { null => JsonOutcome.Complete, JsonErrorCode.UnexpectedEnd => JsonOutcome.Truncated, _ => JsonOutcome.Invalid }, seen[^1].Outcome);
    }

    [Fact]
    public async Task TheLastMessageWithText_Counts_AndWhatIsNotText_DoesNot()
    {
        ChatResponseUpdate[] updates =
        [
            Said("m1", "Let me look that up."),
            new(ChatRole.Assistant, [new FunctionCallContent("c", "f")]) { MessageId = "m1" },
            new(ChatRole.Tool, [new FunctionResultContent("c", "rain")]) { MessageId = "m2" },
            new(ChatRole.Assistant, [new TextReasoningContent("{\"city\":\"no\"}")]) { MessageId = "m3" },
            Said("m3", "{\"city\":\"Ou"),
            Said(null, "lu\"}"),
            new(ChatRole.Assistant, [new UsageContent(new UsageDetails())]) { MessageId = "m4" },
        ];
        var seen = new List<Partial<Weather>>();
        await foreach (Partial<Weather> partial in Updates(updates).ReadPartialsAsync(WeatherContext.Default.Weather))
        {
            seen.Add(partial);
        }

        Assert.Equal(["Ou", "Oulu", "Oulu"], seen.Select(partial => partial.Value?.City));
        Assert.True(seen[^1].IsComplete);
        Assert.Equal(PartialState.Growing, seen[0].GetState("/city")); // also after the enumeration
    }

    [Fact]
    public async Task AMisfit_IsTold_AndNullsAreRefused()
    {
        var seen = new List<Partial<Weather>>();
        await foreach (Partial<Weather> partial in Updates([Said("m", "{\"days\":\"x\",\"city\":\"y\"}")]).ReadPartialsAsync(WeatherContext.Default.Weather))
        {
            seen.Add(partial);
        }

        Assert.Equal("/days", seen[^1].Error!.Pointer);
        Assert.Throws<ArgumentNullException>(() => ((IAsyncEnumerable<ChatResponseUpdate>)null!).ReadPartialsAsync(WeatherContext.Default.Weather));
        Assert.Throws<ArgumentNullException>(() => Updates([]).ReadPartialsAsync<Weather>(null!));
    }

    private static ChatResponseUpdate Said(string? message, string text) => new(ChatRole.Assistant, text) { MessageId = message };

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(IEnumerable<ChatResponseUpdate> updates)
    {
        foreach (ChatResponseUpdate update in updates)
        {
            await Task.Yield();
            yield return update;
        }
    }
}
