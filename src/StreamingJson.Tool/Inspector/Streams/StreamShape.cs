using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>What a text is taken for: a model's stream, or one JSON text.</summary>
/// <param name="Framing">How a model's stream is divided; <see langword="null"/> for a JSON text, and while it is not known.</param>
/// <param name="IsModelStream">Whether it is a model's stream.</param>
internal readonly record struct StreamShape(bool IsModelStream, FrameFormat? Framing = null)
{
    // What was not recognised in the first of it is not.
    private const int MostProbed = 1024 * 1024;

    /// <summary>The shape of a text that is all there.</summary>
    /// <param name="content">The text.</param>
    /// <param name="protocol">The dialect, where the user gave one: then it is a model's stream, whatever it looks like.</param>
    public static StreamShape Of(ReadOnlySpan<byte> content, ModelProtocol protocol)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol });
        ReadOnlySpan<byte> probed = content[..Math.Min(content.Length, MostProbed)];
        for (int start = 0; start < probed.Length && reader.Recognition is { Protocol: ModelProtocol.Auto } or { Framing: null }; start += TextParts.PartSize)
        {
            reader.Append(probed.Slice(start, Math.Min(TextParts.PartSize, probed.Length - start)));
            Drain(reader);
        }

        reader.Complete();
        Drain(reader);
        bool isModelStream = reader.Recognition.Protocol != ModelProtocol.Auto || !LooksLikeJson(content);
        return isModelStream ? new StreamShape(true, reader.Recognition.Framing) : new StreamShape(false);
    }

    /// <summary>The shape of a text that is still to come: by its content type, if it has one, and by how it begins.</summary>
    /// <param name="contentType">What the response says of itself.</param>
    /// <param name="start">The first chunk.</param>
    /// <param name="protocol">The dialect, where the user gave one.</param>
    public static StreamShape OfStart(string? contentType, ReadOnlySpan<byte> start, ModelProtocol protocol)
    {
        string type = (contentType ?? "application/json").Split(';')[0].Trim();
        bool isDecided = protocol != ModelProtocol.Auto || !type.Equals("application/json", StringComparison.OrdinalIgnoreCase);

        // Gemini without alt=sse answers one array, of which the first chunk may be too little to be recognised.
        bool isArray = contentType is not null && start.TrimStart(" \t\r\n"u8).StartsWith("["u8);
        return new StreamShape(isDecided || isArray || Of(start, protocol).IsModelStream);
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        text = text.TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && text[0] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n';
    }

    private static void Drain(ModelStreamReader reader)
    {
        while (reader.TryRead(out _))
        {
            // Only what it is taken for is of interest.
        }
    }
}
