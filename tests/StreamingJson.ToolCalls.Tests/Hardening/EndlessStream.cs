using System;
using System.Linq;
using System.Text;
using StreamingJson.Framing;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Streams that never end, read until they are refused or there was enough of them. Runs under a hard limit of the heap.</summary>
internal static class EndlessStream
{
    private const int MiB = 1 << 20;

    private static readonly ToolCallLimits Limits = ToolCallLimits.Default with { MaxArgumentsBytes = MiB, MaxTextBytes = MiB, MaxItems = 1000 };

    private static readonly (string Name, FrameFormat Framing, ModelProtocol Protocol, string Start, string Piece)[] Kinds =
    [
        ("line", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "data: ", "{\"x\":0,"),
        ("line of no field", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "x"),
        ("comment", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, ":", " ping"),
        ("comments", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", ": ping\n"),
        ("data lines", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "data: x\n"),
        ("blank lines", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "\r\n"),
        ("event types", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "event: x\n\n"),
        ("json line", FrameFormat.NdJson, ModelProtocol.Ollama, "{\"x\":\"", "text"),
        ("json array item", FrameFormat.JsonArray, ModelProtocol.Gemini, "[{\"x\":\"", "text"),
        ("json array blanks", FrameFormat.JsonArray, ModelProtocol.Gemini, "[", "\n"),
        ("message", FrameFormat.Message, ModelProtocol.OpenAIRealtime, "{\"x\":\"", "text"),
        ("arguments", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, Call("{\\\"x\\\":\\\""), Piece("some more text")),
        ("empty arguments", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, Call("{}"), Piece("")),
        ("blank arguments", FrameFormat.ServerSentEvents, ModelProtocol.Anthropic, Block(), Delta(" ")),
        ("text", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"some text\"}}]}\n\n"),
        ("errors", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "data: {\"error\":{\"message\":\"" + new string('e', 1000) + "\"}}\n\n"),
        ("payloads that are none", FrameFormat.ServerSentEvents, ModelProtocol.OpenAIChat, "", "data: {{{{\n\n"),
    ];

    public static int Run()
    {
        foreach ((string name, FrameFormat framing, ModelProtocol protocol, string start, string piece) in Kinds)
        {
            // The line is begun first, so that it can be seen what it was that killed the process.
            Console.Write($"{name}: ");
            Console.WriteLine(Read(framing, protocol, Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(piece)));
        }

        // A length that lies, and one call after another, each with an index of its own.
        Console.Write("binary length: ");
        Console.WriteLine(Read(FrameFormat.AwsEventStream, ModelProtocol.BedrockConverse, [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], new byte[64]));
        Console.Write("calls: ");
        Console.WriteLine(ReadCalls());
        return 0;
    }

    private static string Read(FrameFormat framing, ModelProtocol protocol, byte[] start, byte[] piece)
    {
        using var reader = new ModelStreamReader(new() { Framing = framing, Protocol = protocol, Limits = Limits, MaxFrameBytes = MiB });
        Take(reader, start);
        byte[] chunk = [.. Enumerable.Repeat(piece, Math.Max(1, 60_000 / piece.Length)).SelectMany(bytes => bytes)];
        for (int given = 0; given < 24 * MiB; given += chunk.Length)
        {
            Take(reader, chunk);
        }

        return End(reader);
    }

    private static string ReadCalls()
    {
        using var reader = new ModelStreamReader(new() { Protocol = ModelProtocol.OpenAIChat, Limits = Limits });
        for (int i = 0; i < 20_000; i++)
        {
            Take(reader, Encoding.UTF8.GetBytes(
                $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{{\"index\":{i},\"id\":\"c{i}\",\"function\":{{\"name\":\"f\",\"arguments\":\"{{\"}}}}]}}}}]}}\n\n"));
        }

        return End(reader);
    }

    private static void Take(ModelStreamReader reader, byte[] chunk)
    {
        reader.Append(chunk);
        while (reader.TryRead(out _))
        {
            // Nobody keeps it.
        }
    }

    private static string End(ModelStreamReader reader)
    {
        reader.Complete();
        while (reader.TryRead(out _))
        {
            // To the end.
        }

        bool isSafe = reader.Message.Items.OfType<ToolCall>().Any(call => call.IsSafeToExecute);
        long bytes = reader.Message.Items.Sum(item => (long)item.TextUtf8.Length);
        return $"{reader.Message.Outcome}, {(bytes <= 2 * MiB ? "little" : "much")}{(isSafe ? ", safe" : "")}";
    }

    private static string Call(string arguments) =>
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"" + arguments + "\"}}]}}]}\n\n";

    private static string Piece(string arguments) =>
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + arguments + "\"}}]}}]}\n\n";

    private static string Block() => "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}}\n\n";

    private static string Delta(string json) =>
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}}\n\n";
}
