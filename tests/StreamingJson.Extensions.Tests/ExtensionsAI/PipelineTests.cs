using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using OpenAI;
using StreamingJson.Extensions.AI;
using StreamingJson.OpenAI;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>The real pipeline of Microsoft.Extensions.AI around the real client of OpenAI, over recorded answers.</summary>
public class PipelineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFunction_IsSeenWhileItIsWritten_IsInvokedOnce_AndAnswered(bool isOutermost)
    {
        var handler = new RecordedHandler(WeatherStreams.Call, WeatherStreams.Answer);
        using var http = new HttpClient(handler);
        IChatClient openAI = ClientOf(http);
        var invoked = new List<string>();
        ChatOptions options = new()
        {
            Tools = [AIFunctionFactory.Create((string city) => { invoked.Add(city); return "rain"; }, "get_weather")],
        };
        ChatClientBuilder builder = openAI.AsBuilder();
        if (isOutermost)
        {
            builder.Use(inner => inner.UseStreamingJson(OpenAIUpdateAdapter.Instance));
        }

        builder.UseFunctionInvocation();
        if (!isOutermost)
        {
            builder.Use(inner => inner.UseStreamingJson(OpenAIUpdateAdapter.Instance));
        }

        using IChatClient client = builder.Build();
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")], options))
        {
            contents.AddRange(update.Contents);
        }

        Assert.Equal(["Oulu"], invoked);
        PartialFunctionCallContent[] partial = [.. contents.OfType<PartialFunctionCallContent>()];
        Assert.Equal(isOutermost, partial[^1].IsProviderExecuted);
        if (isOutermost)
        {
            Assert.Equal((false, UnsafeReasons.ProviderExecuted), (partial[^1].IsSafeToExecute, partial[^1].Reasons)); // the client behind has invoked it
            partial = partial[..^1];
        }

        Assert.Equal(["", "Ou", "Oulu", "Oulu"], partial.Select(call => call.GetPartial(WeatherContext.Default.Weather).Value?.City ?? ""));
        Assert.Equal([false, false, false, true], partial.Select(call => call.IsSafeToExecute));
        Assert.Equal(ToolCallOutcome.Complete, partial[^1].Outcome);
        Assert.Single(contents.OfType<FunctionCallContent>());
        Assert.Equal("""{"answer":"Rain in Oulu"}""", string.Concat(contents.OfType<TextContent>()));
        Assert.Equal(2, handler.Requests.Count);
        Assert.Contains("\"tool_call_id\":\"call_1\"", handler.Requests[1], StringComparison.Ordinal);
        Assert.Single(handler.Requests[1].Split("\"tool_calls\":").Skip(1)); // the partial calls are not in the history
    }

    [Fact]
    public async Task TheAnswerOfAPipeline_IsThatOfItsLastMessage()
    {
        using var http = new HttpClient(new RecordedHandler(WeatherStreams.Call, WeatherStreams.Answer));
        ChatOptions options = new() { Tools = [AIFunctionFactory.Create((string city) => "rain", "get_weather")] };
        using IChatClient client = ClientOf(http).AsBuilder().UseFunctionInvocation().Build();
        var seen = new List<string?>();
        await foreach (Binding.Partial<Forecast> partial in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")], options).ReadPartialsAsync(WeatherContext.Default.Forecast))
        {
            seen.Add(partial.Value?.Answer);
        }

        Assert.Equal(["Rain", "Rain in Oulu", "Rain in Oulu"], seen);
    }

    private static IChatClient ClientOf(HttpClient http)
    {
        var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http), Endpoint = new Uri("http://localhost/v1") };
        return new OpenAIClient(new ApiKeyCredential("none"), options).GetChatClient("gpt").AsIChatClient();
    }
}
