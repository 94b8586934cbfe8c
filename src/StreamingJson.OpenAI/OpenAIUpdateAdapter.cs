using System;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>Hands the updates of the official OpenAI SDK to a reader: Chat Completions and Responses.</summary>
/// <remarks>
/// Nothing is serialised again: what an update says goes to the reader property by property, and allocates nothing after warm-up. The SDK shows the first
/// choice only, and no <c>reasoning_content</c>; the wire has both.
/// </remarks>
public sealed class OpenAIUpdateAdapter : ModelUpdateAdapter
{
    private OpenAIUpdateAdapter()
    {
    }

    /// <summary>The adapter.</summary>
    public static OpenAIUpdateAdapter Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryAppend(object update, ModelStreamReader reader)
    {
        if (reader is null)
        {
            throw new ArgumentNullException(nameof(reader));
        }

        switch (update)
        {
            case StreamingChatCompletionUpdate chat:
                ChatPayload.Write(chat, reader.StartPayload());
                break;
            case StreamingResponseUpdate response:
                ResponsePayload.Write(response, reader.StartPayload());
                break;
            default:
                return false;
        }

        reader.EndPayload();
        return true;
    }
}
