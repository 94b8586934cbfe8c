using System.Collections.Generic;
using System.Text.Json;
using Microsoft.Extensions.AI;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>Writes a whole call as the three events that would have brought it from Anthropic, which ends each call for itself.</summary>
internal static class WholeCallPayload
{
    /// <summary>How many events a call is.</summary>
    public const int Steps = 3;

    /// <summary>Writes one of the events.</summary>
    /// <param name="step">Which, 0 to 2.</param>
    /// <param name="call">The call.</param>
    /// <param name="index">The 0-based number of the call.</param>
    /// <param name="payload">Takes it.</param>
    public static void Write(int step, FunctionCallContent call, int index, ModelPayload payload)
    {
        payload.StartObject();
        payload.WriteString("type"u8, step switch { 0 => "content_block_start"u8, 1 => "content_block_delta"u8, _ => "content_block_stop"u8 });
        payload.WriteNumber("index"u8, index);
        switch (step)
        {
            case 0:
                payload.StartObject("content_block"u8);
                payload.WriteString("type"u8, call.InformationalOnly ? "server_tool_use"u8 : "tool_use"u8);
                payload.WriteString("id"u8, call.CallId);
                payload.WriteString("name"u8, call.Name);
                payload.EndObject();
                break;
            case 1:
                payload.StartObject("delta"u8);
                payload.WriteString("type"u8, "input_json_delta"u8);
                payload.WriteString("partial_json"u8, ArgumentsOf(call));
                payload.EndObject();
                break;
        }

        payload.EndObject();
    }

    private static string ArgumentsOf(FunctionCallContent call) =>
        call.Arguments is { } arguments
            ? JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)))
            : "{}";
}
