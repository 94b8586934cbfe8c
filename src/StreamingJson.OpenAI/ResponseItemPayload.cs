using System;
using OpenAI.Responses;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>Writes the items of a response that text and calls stand in; of the others the id.</summary>
internal static class ResponseItemPayload
{
    /// <summary>Writes an item, as a property or, without a name, into an array.</summary>
    public static void Write(ReadOnlySpan<byte> name, ResponseItem? item, ModelPayload payload)
    {
        if (item is null)
        {
            return;
        }

        if (name.IsEmpty)
        {
            payload.StartObject();
        }
        else
        {
            payload.StartObject(name);
        }

        payload.WriteString("id"u8, item.Id);
        switch (item)
        {
            case FunctionCallResponseItem call:
                payload.WriteString("type"u8, "function_call"u8);
                payload.WriteString("call_id"u8, call.CallId);
                payload.WriteString("name"u8, call.FunctionName);
                payload.WriteBytes("arguments"u8, call.FunctionArguments);
                WriteStatus(call.Status is FunctionCallStatus.Incomplete, payload);
                break;
            case CustomToolCallItem call:
                payload.WriteString("type"u8, "custom_tool_call"u8);
                payload.WriteString("call_id"u8, call.CallId);
                payload.WriteString("name"u8, call.ToolName);
                payload.WriteString("input"u8, call.Input);
                break;
            case McpToolCallItem call:
                payload.WriteString("type"u8, "mcp_call"u8);
                payload.WriteString("name"u8, call.ToolName);
                payload.WriteBytes("arguments"u8, call.ToolArguments);
                break;
            case MessageResponseItem message:
                payload.WriteString("type"u8, "message"u8);
                WriteContent(message, payload);
                break;
            case ReasoningResponseItem reasoning:
                payload.WriteString("type"u8, "reasoning"u8);
                WriteSummary(reasoning, payload);
                break;
        }

        payload.EndObject();
    }

    private static void WriteStatus(bool isIncomplete, ModelPayload payload)
    {
        if (isIncomplete)
        {
            payload.WriteString("status"u8, "incomplete"u8);
        }
    }

    private static void WriteContent(MessageResponseItem message, ModelPayload payload)
    {
        payload.StartArray("content"u8);
        for (int i = 0; i < message.Content.Count; i++)
        {
            ResponseContentPart part = message.Content[i];
            payload.StartObject();
            if (part.Kind == ResponseContentPartKind.Refusal)
            {
                payload.WriteString("type"u8, "refusal"u8);
                payload.WriteString("refusal"u8, part.Refusal);
            }
            else
            {
                payload.WriteString("type"u8, "output_text"u8);
                payload.WriteString("text"u8, part.Text);
            }

            payload.EndObject();
        }

        payload.EndArray();
    }

    private static void WriteSummary(ReasoningResponseItem reasoning, ModelPayload payload)
    {
        payload.StartArray("summary"u8);
        for (int i = 0; i < reasoning.SummaryParts.Count; i++)
        {
            payload.StartObject();
            payload.WriteString("type"u8, "summary_text"u8);
            payload.WriteString("text"u8, (reasoning.SummaryParts[i] as ReasoningSummaryTextPart)?.Text);
            payload.EndObject();
        }

        payload.EndArray();
    }
}
