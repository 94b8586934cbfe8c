using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;

namespace StreamingJson.Extensions.AI;

/// <summary>Messages on their way to the model.</summary>
internal static class ChatHistory
{
    /// <summary>The messages without partial calls; a message that has none is the same object, one that had nothing else is left out.</summary>
    public static IEnumerable<ChatMessage> WithoutPartialCalls(IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages ?? throw new ArgumentNullException(nameof(messages)))
        {
            if (!message.Contents.Any(content => content is PartialFunctionCallContent))
            {
                yield return message;
                continue;
            }

            ChatMessage copy = message.Clone();
            copy.Contents = [.. message.Contents.Where(content => content is not PartialFunctionCallContent)];
            if (copy.Contents.Count > 0)
            {
                yield return copy;
            }
        }
    }
}
