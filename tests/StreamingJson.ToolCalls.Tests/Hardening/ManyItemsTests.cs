using System;
using System.Diagnostics;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What these events cost does not depend on how many items there are already: each would take some hundred times as long, were all of them looked at.</summary>
public sealed class ManyItemsTests
{
    private const int Count = 20_000;
    private const int Most = 30;
    private const int Events = 300;

    [SlowTheory]
    [InlineData(ModelProtocol.OpenAIResponses, "delta", "delta of 0", "delta of 1")]
    [InlineData(ModelProtocol.OpenAIResponses, "delta", "part of 0", "part of 1")]
    [InlineData(ModelProtocol.OpenAIResponses, "delta", "half of 0", "completed")]
    [InlineData(ModelProtocol.OpenAIChat, "call", "stop", "stop")]
    [InlineData(ModelProtocol.OpenAIChat, "call", "length", "stop")]
    [InlineData(ModelProtocol.OpenAIChat, "call", "length", "content_filter")]
    [InlineData(ModelProtocol.OpenAIChat, "call", "error", "error")]
    public void AnEvent_CostsTheSame_HoweverManyItemsThereAre(ModelProtocol protocol, string item, string even, string odd)
    {
        byte[] events = ModelRun.Sse([.. Enumerable.Range(0, Events).Select(i => Payload(i % 2 == 0 ? even : odd, i))]);
        TimeSpan few = Fastest(protocol, item, 2, events);
        TimeSpan many = Fastest(protocol, item, Count, events);
        Assert.True(many < Most * few, $"{many} against {few}");
    }

    private static TimeSpan Fastest(ModelProtocol protocol, string item, int count, byte[] events)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol, Limits = new() { MaxItems = Count, MaxIndexJump = Count } });
        for (int i = 0; i < count; i++)
        {
            Take(reader, ModelRun.Sse(i % 100 == 99 ? [Payload(item, i), Payload("stop", i)] : [Payload(item, i)]));
        }

        Assert.Equal(count, reader.Message.Items.Count);
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 15; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Take(reader, events);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
        }

        return fastest;
    }

    private static void Take(ModelStreamReader reader, byte[] bytes)
    {
        reader.Append(bytes);
        while (reader.TryRead(out _))
        {
            // Nobody keeps it.
        }
    }

    private static string Payload(string what, int number) => what switch
    {
        "delta" => Delta(number, "x"),
        "delta of 0" => Delta(0, "x"),
        "delta of 1" => Delta(1, "x"),
        "half of 0" => Delta(0, "\\ud83d"),
        "part of 0" => Part(0),
        "part of 1" => Part(1),
        "completed" => """{"type":"response.completed","response":{"status":"completed"}}""",
        "call" => Piece(number, "c", "f", "{}"),
        "error" => """{"error":{"message":"m"}}""",
        _ => Finish(what),
    };

    private static string Delta(int index, string text) => $$"""{"type":"response.output_text.delta","output_index":{{index}},"content_index":0,"delta":"{{text}}"}""";

    private static string Part(int index) => $$$"""{"type":"response.content_part.done","output_index":{{{index}}},"content_index":0,"part":{"type":"output_text","text":"y"}}""";
}
