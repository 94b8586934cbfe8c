using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tests.Readme;
using Xunit;

namespace StreamingJson.ToolCalls.Tests.Documentation.Readme;

/// <summary>The sample of the README that reads a tool call.</summary>
public class ToolCallSample
{
    private const string Body = """
        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"get_weather","arguments":""}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Ou"}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"lu\"}"}}]}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;

    private static SamplePage Page { get; } = new("README.md", "tests/StreamingJson.ToolCalls.Tests/Documentation/Readme");

    // The sample writes to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public async Task ToolCalls()
    {
        using var response = new HttpResponseMessage { Content = new StringContent(Body.ReplaceLineEndings("\n"), Encoding.UTF8, "text/event-stream") };
        // readme: tool-calls
        await using ModelStream stream = await ModelStream.OpenAsync(response); // of a request sent with HttpCompletionOption.ResponseHeadersRead
        await foreach (ModelEvent e in stream)
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
        Page.AssertShows("tool-calls", Console.ToString());
    }
}
