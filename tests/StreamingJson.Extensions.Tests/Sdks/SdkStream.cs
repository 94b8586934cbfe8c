using System;
using System.ClientModel.Primitives;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Anthropic.Models.Messages;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.Tests.Sdks;

/// <summary>A recorded stream as the typed updates that the SDK of its provider makes of it.</summary>
internal static class SdkStream
{
    /// <summary>The updates, or none if the SDK itself refuses one of the payloads.</summary>
    public static IReadOnlyList<object>? TryRead(ModelProtocol protocol, FrameFormat framing, byte[] content)
    {
        try
        {
            return [.. Payloads(framing, content).Select(payload => Deserialize(protocol, payload))];
        }
        catch (Exception refusal) when (refusal is JsonException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The calls that come out when the updates are read.</summary>
    public static ModelMessage ReadMessage(IEnumerable<object> updates, ModelUpdateAdapter adapter, ModelStreamReader reader)
    {
        foreach (object update in updates)
        {
            if (!adapter.TryAppend(update, reader))
            {
                throw new InvalidDataException($"the adapter does not know {update.GetType()}");
            }

            Drain(reader);
        }

        reader.Complete();
        Drain(reader);
        return reader.Message;
    }

    /// <summary>What both ways have in common of a call: its identity, its arguments to the letter, and how it ended.</summary>
    public static IReadOnlyList<string> Calls(ModelMessage message) =>
        [.. message.Items.OfType<ToolCall>().Select(call => $"{call.Index} {call.Id} {call.Name} {call.Outcome} {call.ArgumentsState} {call.IsSafeToExecute} {call.Reasons} {call.GetText()}")];

    public static string TextOf(ModelMessage message) => string.Concat(message.Items.Where(item => item.Kind == MessageItemKind.Text).Select(item => item.GetText()));

    private static void Drain(ModelStreamReader reader)
    {
        while (reader.TryRead(out _))
        {
        }
    }

    private static List<byte[]> Payloads(FrameFormat framing, byte[] content)
    {
        var payloads = new List<byte[]>();
        using var frames = new FrameReader(framing, new FrameReaderOptions { DeliverUnterminated = true });
        frames.Append(content);
        frames.Complete();
        while (frames.TryRead(out Frame frame))
        {
            if (!frame.Data.SequenceEqual("[DONE]"u8) && !frame.Data.IsEmpty)
            {
                payloads.Add(frame.Data.ToArray());
            }
        }

        return payloads;
    }

    private static object Deserialize(ModelProtocol protocol, byte[] payload) => protocol switch
    {
        ModelProtocol.OpenAIChat => ModelReaderWriter.Read<StreamingChatCompletionUpdate>(BinaryData.FromBytes(payload))!,
        ModelProtocol.OpenAIResponses => ModelReaderWriter.Read<StreamingResponseUpdate>(BinaryData.FromBytes(payload))!,
        ModelProtocol.Anthropic => JsonSerializer.Deserialize<RawMessageStreamEvent>(payload)!,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };
}
