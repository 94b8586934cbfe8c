using System;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>A frame of a given wire size in each format, and streams of many.</summary>
internal static class Samples
{
    /// <summary>The formats that find the end of a frame in the bytes; Message has it from the transport.</summary>
    public static TheoryData<FrameFormat> Formats =>
        [FrameFormat.ServerSentEvents, FrameFormat.NdJson, FrameFormat.JsonArray, FrameFormat.AwsEventStream];

    /// <summary>A whole input with one small frame and one of <paramref name="size"/> bytes behind it; where that one begins.</summary>
    public static (byte[] Input, int Start) OneOfSize(FrameFormat format, int size)
    {
        string x = new('x', Math.Max(0, size));
        switch (format)
        {
            case FrameFormat.ServerSentEvents:
                return (Text.Bytes($"data:1\n\ndata:{x[7..]}\n\n"), 8);
            case FrameFormat.NdJson:
                return (Text.Bytes($"1\n{x[1..]}\n"), 2);
            case FrameFormat.JsonArray:
                return (Text.Bytes($"[1,\"{x[2..]}\"]"), 3);
            default:
                byte[] small = new MessageBuilder().Build();
                return ([.. small, .. new MessageBuilder().Build(new byte[size - 16])], small.Length);
        }
    }

    /// <summary>A stream of many frames of everyday shape.</summary>
    public static byte[] Many(FrameFormat format, int count)
    {
        string Json(int i) => $"{{\"id\":\"chatcmpl-{i}\",\"choices\":[{{\"delta\":{{\"content\":\"a \\\"word\\\"\"}}}}]}}";
        string Event(int i) => $": ping\r\nevent: delta\r\nid: {i}\r\ndata: {Json(i)}\r\ndata: second\r\nother: x\r\n\r\n";
        return format switch
        {
            FrameFormat.ServerSentEvents => Text.Bytes(string.Concat(Enumerable.Range(0, count).Select(Event))),
            FrameFormat.NdJson => Text.Bytes(string.Concat(Enumerable.Range(0, count).Select(i => $"{Json(i)}\r\n\n"))),
            FrameFormat.JsonArray => Text.Bytes($"[{string.Join("\n,\r\n", Enumerable.Range(0, count).Select(i => i % 5 == 0 ? "12" : Json(i)))}]"),
            _ => [.. Enumerable.Range(0, count).SelectMany(i => MessageBuilder.Event("contentBlockDelta", Json(i)))],
        };
    }
}
