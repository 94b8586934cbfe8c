using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Binding.Tests.Documentation;

/// <summary>The recipes on paths.</summary>
public partial class PathSamples
{
    // The samples write to the console; here it is this.
    private static readonly Lines Console = new();

    [Fact]
    public void ActEarly()
    {
        Console.Clear();
        IEnumerable<string> deltas = ["{\"path\": \"src/a", ".cs\", \"content\": \"cla", "ss A\\n{ }\", \"mode\"", ": \"create\"}"];
        // readme: act-early
        using var parser = new StreamingJsonParser();
        parser.OnCompleted("$.path", path => Console.WriteLine($"open {path.GetString()}"));
        parser.OnTextDelta("$.content", (text, _) => Console.WriteLine($"write {text.Length} bytes"));
        foreach (string delta in deltas)
        {
            parser.Append(delta); // the handlers run in here, as soon as the bytes allow it
        }
        // readme: end
        AssertShows("act-early");
    }

    [Fact]
    public async Task AwaitValues()
    {
        Console.Clear();
        Stream body = new MemoryStream("{\"title\":\"Move house\",\"steps\":[{\"name\":\"pack\"},{\"name\":\"drive\"}]}"u8.ToArray());
        // readme: await-values
        await using var pump = new JsonPump(body);
        Task<string?> title = pump.Parser.GetAsync("$.title", PlanTypes.Default.String);
        Task<StreamOutcome> run = pump.RunAsync();
        Console.WriteLine(await title);
        await foreach (PlanStep? step in pump.Parser.ItemsAsync("$.steps", PlanTypes.Default.PlanStep))
        {
            Console.WriteLine($"step: {step!.Name}");
        }

        Console.WriteLine($"{await run}");
        // readme: end
        AssertShows("await-values");
    }

    [Fact]
    public async Task StreamAList()
    {
        Console.Clear();
        Stream export = new MemoryStream("{\"rows\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":null}"u8.ToArray());
        // readme: stream-a-list
        await foreach (PlanStep? row in JsonItems.ReadAsync(export, "$.rows", PlanTypes.Default.PlanStep))
        {
            Console.WriteLine($"row: {row!.Name}"); // the next read is made when this one's rows are taken
        }
        // readme: end
        AssertShows("stream-a-list");
    }

    [Fact]
    public async Task Abort()
    {
        Console.Clear();
        var pipe = new Pipe();
        PipeReader reader = pipe.Reader;
        await pipe.Writer.WriteAsync("{\"moderation\":{\"decision\":\"block_self_harm\"},"u8.ToArray());
        // readme: abort
        await using var pump = new JsonPump(reader);
        pump.StopWhen("$.moderation.decision", decision => decision.TextUtf8.StartsWith("block"u8));
        StreamOutcome outcome = await pump.RunAsync(); // stops reading, and completes the reader
        Console.WriteLine($"{outcome}: {pump.Stop}");
        // readme: end
        AssertShows("abort");
    }

    [Fact]
    public void Redact()
    {
        Console.Clear();
        IEnumerable<byte[]> chunks = [.. Utf8("{\"name\":\"Zo", "ë\",\"card\":{\"numb", "er\":\"4111 11", "11\",\"cvc\":12", "3},\"ok\":true}")];
        // readme: redact
        var client = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(client, ["$.card.number", "$..cvc"]);
        foreach (byte[] chunk in chunks)
        {
            redactor.Append(chunk);
            Console.WriteLine(Encoding.UTF8.GetString(client.WrittenSpan)); // send it
            client.Clear();
        }
        // readme: end
        AssertShows("redact");
    }

    [Fact]
    public void SdkLoop()
    {
        Console.Clear();
        IEnumerable<(int Index, string? Name, string? Arguments)> updates =
        [
            (0, "write_file", ""), (0, null, "{\"path\":\"a.cs\",\"con"), (1, "search", "{\"query\":\"tr"),
            (0, null, "tent\":\"x\\ny\"}"), (1, null, "ains\"}"),
        ];
        // readme: sdk-loop
        var calls = new Dictionary<int, StreamingJsonParser>();
        foreach (var update in updates) // the SDK's own streaming updates of tool calls: index, name, piece of the arguments
        {
            if (!calls.TryGetValue(update.Index, out StreamingJsonParser? arguments))
            {
                calls[update.Index] = arguments = new StreamingJsonParser();
                arguments.OnCompleted("$.query", query => Console.WriteLine($"search for {query.GetString()}"));
                arguments.OnTextDelta("$.content", (text, _) => Console.WriteLine($"{text.Length} bytes of content"));
            }

            arguments.Append(update.Arguments);
        }

        foreach ((int index, StreamingJsonParser arguments) in calls)
        {
            Console.WriteLine($"call {index} is {arguments.Complete()}"); // what was seen early is not yet a call to execute
            arguments.Dispose();
        }
        // readme: end
        AssertShows("sdk-loop");
    }

    // readme: plan-types
    public sealed record PlanStep(string? Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(PlanStep))]
    [JsonSerializable(typeof(string))]
    public sealed partial class PlanTypes : JsonSerializerContext;
    // readme: end

    private static IEnumerable<byte[]> Utf8(params string[] texts)
    {
        foreach (string text in texts)
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    private static void AssertShows(string sample) => CookbookTests.Page.AssertShows(sample, Console.ToString());

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        public void WriteLine(string? line) => _text.Append(line).Append('\n');

        public void Clear() => _text.Clear();

        public override string ToString() => _text.ToString();
    }
}
