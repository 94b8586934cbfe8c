using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>UI message stream v1 (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): one message of one step.</summary>
internal sealed class UIMessageStreamWriter(ModelForwardOptions options, EventOutput output) : FormatWriter(output)
{
    public override void SetHeaders(IHeaderDictionary headers) => headers["x-vercel-ai-ui-message-stream"] = "v1";

    public override void Start(ModelMessage message)
    {
        Utf8JsonWriter json = Begin("start"u8);
        if (options.MessageId is { } id)
        {
            json.WriteString("messageId"u8, id);
        }

        Output.End();
        Begin("start-step"u8);
        Output.End();
    }

    public override void Begin(ForwardedItem item)
    {
        item.WireId = item.Call is { } call ? FormatNames.IdOf(call, item.Number) : Encoding.UTF8.GetBytes(FormatNames.IdOf(item));
        Utf8JsonWriter json = item.Call is null ? Begin(IsReasoning(item) ? "reasoning-start"u8 : "text-start"u8) : Begin("tool-input-start"u8);
        WriteId(json, item);
        if (item.Call is not null)
        {
            json.WriteString("toolName"u8, item.Call.NameUtf8);
            WriteExecutor(json, item.Call);
        }

        Output.End();
    }

    public override void Grow(ForwardedItem item)
    {
        bool isCall = item.Call is not null;
        Utf8JsonWriter json = Begin(isCall ? "tool-input-delta"u8 : IsReasoning(item) ? "reasoning-delta"u8 : "text-delta"u8);
        WriteId(json, item);
        json.WriteString(isCall ? "inputTextDelta"u8 : "delta"u8, item.Pending);
        Output.End();
    }

    public override void End(ForwardedItem item)
    {
        if (item.Call is not { } call)
        {
            WriteId(Begin(IsReasoning(item) ? "reasoning-end"u8 : "text-end"u8), item);
            Output.End();
            return;
        }

        bool isSound = CallInput.IsSound(item);
        Utf8JsonWriter json = Begin(isSound ? "tool-input-available"u8 : "tool-input-error"u8);
        WriteId(json, item);
        json.WriteString("toolName"u8, call.NameUtf8);
        json.WritePropertyName("input"u8);
        CallInput.Write(json, item);
        WriteExecutor(json, call);
        if (!isSound)
        {
            json.WriteString("errorText"u8, CallInput.Describe(item));
        }

        Output.End();
    }

    public override void Finish(FinishReason reason)
    {
        Begin("finish-step"u8);
        Output.End();
        End(FormatNames.Of(reason));
    }

    public override void Fail(ForwardOutcome outcome, string description)
    {
        Begin("error"u8).WriteString("errorText"u8, description);
        Output.End();
        End("error");
    }

    private static bool IsReasoning(ForwardedItem item) => item.Source.Kind == MessageItemKind.Reasoning;

    // Else the client would execute it, if it has a tool of that name.
    private static void WriteExecutor(Utf8JsonWriter json, ToolCall call)
    {
        if (call.IsProviderExecuted)
        {
            json.WriteBoolean("providerExecuted"u8, true);
        }
    }

    private static void WriteId(Utf8JsonWriter json, ForwardedItem item) => json.WriteString(item.Call is null ? "id"u8 : "toolCallId"u8, item.WireId);

    private void End(string finishReason)
    {
        Begin("finish"u8).WriteString("finishReason"u8, finishReason);
        Output.End();
        Output.Text.Write("[DONE]"u8);
        Output.EndText();
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        Utf8JsonWriter json = Output.Begin();
        json.WriteString("type"u8, type);
        return json;
    }
}
