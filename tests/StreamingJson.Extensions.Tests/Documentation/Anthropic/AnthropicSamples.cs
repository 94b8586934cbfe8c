using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using StreamingJson.Anthropic;
using StreamingJson.Extensions.Tests.ExtensionsAI;
using StreamingJson.Tests.Readme;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Extensions.Tests.Documentation;

/// <summary>docs/anthropic.md.</summary>
public class AnthropicSamples
{
    private static SamplePage Page { get; } = new("docs/anthropic.md", "tests/StreamingJson.Extensions.Tests/Documentation/Anthropic");

    // The samples write to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown()
    {
        Page.AssertBlocksAreSamples();
        Page.AssertOutputsAreCompared();
    }

    [Fact]
    public async Task Messages()
    {
        using var http = new HttpClient(new RecordedHandler(Fixture.Load("anthropic/call.sse").Content));
        var clientOptions = new ClientOptions { ApiKey = "none", HttpClient = http, BaseUrl = "http://localhost" };
        // readme: messages
        using var client = new AnthropicClient(clientOptions);
        var request = new MessageCreateParams
        {
            Model = "claude-sonnet-4-5",
            MaxTokens = 1024,
            Messages = [new UserMessageParam { Content = "When is high tide in Whitby?" }],
        };
        using var reader = new ModelStreamReader();
        await foreach (ModelEvent e in client.Messages.CreateStreaming(request).ReadModelEventsAsync(reader))
        {
            if (e.Kind == ModelEventKind.ArgumentsDelta)
            {
                Console.WriteLine($"{e.ToolCall!.Name} {e.ToolCall.Snapshot}");
            }
        }

        foreach (ToolCall call in reader.Message.Items.OfType<ToolCall>())
        {
            Console.WriteLine($"{call.Name} is {call.Outcome}, safe to execute: {call.IsSafeToExecute}");
        }
        // readme: end
        Page.AssertShows("messages", Console.ToString());
    }
}
