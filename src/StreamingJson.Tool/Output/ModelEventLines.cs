using System;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Output;

/// <summary>The records of <c>calls</c>: one for each event.</summary>
internal static class ModelEventLines
{
    /// <summary>Writes the properties of one event.</summary>
    public static void Write(Utf8JsonWriter line, string? file, in ModelEvent next, ModelStreamReader reader)
    {
        if (file is not null)
        {
            line.WriteString("file", file);
        }

        line.WriteString("event", OutputNames.Snake(next.Kind.ToString()));
        switch (next.Kind)
        {
            case ModelEventKind.MessageStarted:
                WriteOrNull(line, "id", reader.Message.Id);
                WriteOrNull(line, "model", reader.Message.Model);
                break;
            case ModelEventKind.TextDelta or ModelEventKind.ReasoningDelta or ModelEventKind.RefusalDelta or ModelEventKind.ArgumentsDelta:
                WritePlace(line, next.Item!);
                line.WriteString("text", next.TextUtf8);
                break;
            case ModelEventKind.ToolCallStarted:
                WriteIdentity(line, next.ToolCall!);
                break;
            case ModelEventKind.ToolCallEnded:
                WriteEnd(line, next.ToolCall!);
                break;
            case ModelEventKind.Finished:
                line.WriteNumber("choice", next.Choice);
                line.WriteString("reason", OutputNames.Snake(next.FinishReason.ToString()));
                line.WriteString("finish_reason", next.Detail);
                break;
            case ModelEventKind.Usage:
                WriteUsage(line, reader.Message.UsageUtf8);
                break;
            case ModelEventKind.Error:
                ModelError error = reader.Message.Errors[^1];
                line.WriteString("code", error.Code);
                line.WriteString("message", error.Message);
                break;
            case ModelEventKind.Anomaly:
                line.WriteString("kind", OutputNames.Snake(next.AnomalyKind.ToString()));
                line.WriteString("detail", next.Detail);
                WritePlace(line, next.Item);
                break;
            case ModelEventKind.StreamEnded:
                WriteStreamEnd(line, reader);
                break;
        }
    }

    // Null, as in the final line, where the provider has no object for it but numbers here and there.
    private static void WriteUsage(Utf8JsonWriter line, ReadOnlySpan<byte> usage)
    {
        line.WritePropertyName("usage");
        line.WriteRawValue(usage.IsEmpty ? "null"u8 : usage, skipInputValidation: true);
    }

    private static void WriteEnd(Utf8JsonWriter line, ToolCall call)
    {
        WriteIdentity(line, call);
        line.WriteString("outcome", OutputNames.Snake(call.Outcome.ToString()));
        line.WriteString("arguments_state", OutputNames.Snake(call.ArgumentsState.ToString()));
        line.WriteBoolean("safe_to_execute", call.IsSafeToExecute);
        line.WritePropertyName("reasons");
        FinalMessageWriter.WriteReasons(line, call.Reasons);
    }

    private static void WriteStreamEnd(Utf8JsonWriter line, ModelStreamReader reader)
    {
        ProtocolRecognition recognition = reader.Recognition;
        line.WriteString("outcome", OutputNames.Of(reader.Message.Outcome));
        line.WriteString("protocol", ModelProtocolNames.GetName(recognition.Protocol));
        line.WriteString("protocol_reason", recognition.ProtocolReason);
        line.WriteString("framing", recognition.Framing is { } framing ? OutputNames.Snake(framing.ToString()) : null);
        line.WriteString("framing_reason", recognition.FramingReason);
    }

    private static void WriteIdentity(Utf8JsonWriter line, ToolCall call)
    {
        WritePlace(line, call);
        WriteOrNull(line, "id", call.Id);
        WriteOrNull(line, "name", call.Name);
    }

    private static void WritePlace(Utf8JsonWriter line, MessageItem? item)
    {
        if (item is null || item.Index < 0)
        {
            line.WriteNull("index");
        }
        else
        {
            line.WriteNumber("index", item.Index);
        }

        line.WriteNumber("choice", item?.Choice ?? 0);
    }

    private static void WriteOrNull(Utf8JsonWriter line, string name, string text) => line.WriteString(name, text.Length == 0 ? null : text);
}
