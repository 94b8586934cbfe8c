using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Demo;

/// <summary>A provider's stream, in the exact wire format, as it once arrived.</summary>
/// <param name="Title">What it is, for the viewer.</param>
/// <param name="Protocol">What it is, for the reader.</param>
/// <param name="Content">All of its bytes.</param>
/// <param name="ChunkEnds">Where the chunks end, ascending.</param>
internal sealed record ModelRecording(string Title, ModelProtocol Protocol, byte[] Content, IReadOnlyList<int> ChunkEnds)
{
    /// <summary>The time from chunk to chunk at speed 1.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    // An event has about 150 bytes.
    private const int LongestChunk = 200;

    /// <summary>The protocols of which a stream ships inside the tool.</summary>
    public static IReadOnlyList<ModelProtocol> Protocols { get; } =
        [ModelProtocol.OpenAIChat, ModelProtocol.Anthropic, ModelProtocol.BedrockConverse];

    /// <summary>The stream of a protocol; <see langword="null"/> if none ships inside the tool.</summary>
    public static ModelRecording? Find(ModelProtocol protocol) => protocol switch
    {
        ModelProtocol.OpenAIChat => Load("openai-chat.sse", protocol, "OpenAI Chat: server-sent events"),
        ModelProtocol.Anthropic => Load("anthropic-messages.sse", protocol, "Anthropic Messages: server-sent events"),
        ModelProtocol.BedrockConverse => Load("bedrock-converse.eventstream", protocol, "Amazon Bedrock ConverseStream: binary messages"),
        _ => null,
    };

    private static ModelRecording Load(string resource, ModelProtocol protocol, string title)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new ModelRecording(title, protocol, content, Cut(content.Length));
    }

    // The same cuts at every run; they fall anywhere.
    private static List<int> Cut(int length)
    {
        var random = new Random(length);
        List<int> ends = [];
        for (int end = 0; end < length;)
        {
            end = Math.Min(length, end + random.Next(1, LongestChunk + 1));
            ends.Add(end);
        }

        return ends;
    }
}
