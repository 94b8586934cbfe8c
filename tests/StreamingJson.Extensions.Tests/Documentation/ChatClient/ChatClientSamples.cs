using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using OpenAI;
using StreamingJson.Binding;
using StreamingJson.Extensions.AI;
using StreamingJson.Extensions.Tests.ExtensionsAI;
using StreamingJson.OpenAI;
using StreamingJson.Tests.Readme;
using Xunit;
using ChatClient = OpenAI.Chat.ChatClient;

namespace StreamingJson.Extensions.Tests.Documentation;

/// <summary>docs/extensions-ai.md.</summary>
public partial class ChatClientSamples
{
    private static SamplePage Page { get; } = new("docs/extensions-ai.md", "tests/StreamingJson.Extensions.Tests/Documentation/ChatClient");

    // The samples write to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown()
    {
        Page.AssertBlocksAreSamples();
        Page.AssertOutputsAreCompared();
    }

    [Fact]
    public async Task PartialCalls()
    {
        using var http = new HttpClient(new RecordedHandler(WeatherStreams.Call, WeatherStreams.Answer));
        ChatClient openAI = ClientOf(http);
        // readme: partial-calls
        AIFunction weather = AIFunctionFactory.Create((string city) => "rain", "get_weather");
        using IChatClient client = openAI.AsIChatClient().AsBuilder()
            .UseFunctionInvocation()
            .Use(inner => inner.UseStreamingJson(OpenAIUpdateAdapter.Instance)) // next to the provider's client, whose updates it reads
            .Build();
        var options = new ChatOptions { Tools = [weather] };
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("What is the weather in Oulu?", options))
        {
            foreach (PartialFunctionCallContent call in update.Contents.OfType<PartialFunctionCallContent>())
            {
                Partial<WeatherArguments> arguments = call.GetPartial(WeatherTypes.Default.WeatherArguments);
                Console.WriteLine($"{call.Name}({arguments.Value?.City}), city {arguments.GetState("/city")}, call {call.Outcome}");
            }

            Console.Write(update.Text);
        }
        // readme: end
        Page.AssertShows("partial-calls", Console.ToString());
    }

    [Fact]
    public async Task StructuredOutput()
    {
        using var http = new HttpClient(new RecordedHandler(WeatherStreams.Answer));
        using IChatClient client = ClientOf(http).AsIChatClient();
        // readme: structured-output
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<WeatherReport>(WeatherTypes.Default.Options) };
        await foreach (Partial<WeatherReport> report in client.GetStreamingResponseAsync("The weather in Oulu?", options)
            .ReadPartialsAsync(WeatherTypes.Default.WeatherReport))
        {
            Console.WriteLine($"{report.Value?.Answer} ({report.GetState("/answer")})");
        }
        // readme: end
        Page.AssertShows("structured-output", Console.ToString());
    }

    // readme: weather-types
    public sealed record WeatherArguments(string? City);

    public sealed record WeatherReport(string? Answer);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(WeatherArguments))]
    [JsonSerializable(typeof(WeatherReport))]
    public sealed partial class WeatherTypes : JsonSerializerContext;
    // readme: end

    private static ChatClient ClientOf(HttpClient http) => new(
        "gpt", new ApiKeyCredential("none"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http), Endpoint = new Uri("http://localhost/v1") });
}
