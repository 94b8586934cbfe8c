using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using OpenAI;
using OpenAI.Chat;
using StreamingJson.Extensions.Tests.ExtensionsAI;
using StreamingJson.OpenAI;
using StreamingJson.Tests.Readme;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Extensions.Tests.Documentation;

/// <summary>docs/openai.md.</summary>
public class OpenAISamples
{
    private static SamplePage Page { get; } = new("docs/openai.md", "tests/StreamingJson.Extensions.Tests/Documentation/OpenAI");

    // The samples write to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown()
    {
        Page.AssertBlocksAreSamples();
        Page.AssertOutputsAreCompared();
    }

    [Fact]
    public async Task Chat()
    {
        using var http = new HttpClient(new RecordedHandler(WeatherStreams.Call));
        var clientOptions = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http), Endpoint = new Uri("http://localhost/v1") };
        const string Key = "none";
        ChatTool weather = ChatTool.CreateFunctionTool("get_weather");
        // readme: chat
        var client = new ChatClient("gpt-5", new ApiKeyCredential(Key), clientOptions);
        ChatMessage[] messages = [new UserChatMessage("What is the weather in Oulu?")];
        var options = new ChatCompletionOptions { Tools = { weather } };
        using var reader = new ModelStreamReader();
        await foreach (ModelEvent e in client.CompleteChatStreamingAsync(messages, options).ReadModelEventsAsync(reader))
        {
            switch (e.Kind)
            {
                case ModelEventKind.ArgumentsDelta:
                    Console.WriteLine($"{e.ToolCall!.Name} {e.ToolCall.Snapshot}"); // what is there so far: for looking at
                    break;
                case ModelEventKind.ToolCallEnded:
                    Console.WriteLine($"{e.ToolCall!.Outcome}, safe to execute: {e.ToolCall.IsSafeToExecute}"); // the verdict
                    break;
            }
        }
        // readme: end
        Page.AssertShows("chat", Console.ToString());
    }
}
