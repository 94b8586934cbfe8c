using System;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>AG-UI events (https://docs.ag-ui.com/concepts/events): one run.</summary>
internal sealed class AgUIWriter(ModelForwardOptions options, EventOutput output) : FormatWriter(output)
{
    private readonly string _threadId = options.ThreadId ?? NewId();
    private readonly string _runId = options.RunId ?? NewId();
    private byte[] _messageId = [];
    private bool _hasText;
    private bool _hasUnsafeCall;

    public override bool WaitsForArguments => true;

    public override void Start(ModelMessage message)
    {
        _messageId = Encoding.UTF8.GetBytes(options.MessageId ?? (message.Id.Length > 0 ? message.Id : NewId()));
        WriteRun("RUN_STARTED"u8);
    }

    public override void Begin(ForwardedItem item)
    {
        item.WireId = CreateId(item);
        if (item.Call is { IsProviderExecuted: true })
        {
            item.IsToldAtItsEnd = true;
        }
        else if (item.Call is { } call)
        {
            Utf8JsonWriter json = Begin("TOOL_CALL_START"u8);
            WriteId(json, item);
            json.WriteString("toolCallName"u8, call.NameUtf8);
            if (_hasText)
            {
                json.WriteString("parentMessageId"u8, _messageId);
            }

            Output.End();
        }
        else if (IsReasoning(item))
        {
            WriteId(Begin("REASONING_START"u8), item);
            Output.End();
            Utf8JsonWriter json = Begin("REASONING_MESSAGE_START"u8);
            WriteId(json, item);
            json.WriteString("role"u8, "reasoning"u8);
            Output.End();
        }
        else
        {
            Utf8JsonWriter json = Begin("TEXT_MESSAGE_START"u8);
            WriteId(json, item);
            json.WriteString("role"u8, "assistant"u8);
            Output.End();
        }
    }

    public override void Grow(ForwardedItem item)
    {
        if (item.IsToldAtItsEnd)
        {
            return;
        }

        Utf8JsonWriter json = Begin(item.Call is not null ? "TOOL_CALL_ARGS"u8 : IsReasoning(item) ? "REASONING_MESSAGE_CONTENT"u8 : "TEXT_MESSAGE_CONTENT"u8);
        WriteId(json, item);
        json.WriteString("delta"u8, item.Pending);
        Output.End();
    }

    public override void End(ForwardedItem item)
    {
        if (item.IsToldAtItsEnd)
        {
            WriteProviderExecuted(item, item.Call!);
            return;
        }

        if (item.Call is { } call)
        {
            // A client takes the joined pieces for the arguments, and the name for the one it was told.
            bool isTold = !item.IsRewritten && call.NameUtf8.Length == item.ToldNameLength;
            if (CallInput.IsSafeToExecute(item) && isTold)
            {
                WriteId(Begin("TOOL_CALL_END"u8), item);
                Output.End();
            }
            else
            {
                WriteUnsafe(item, call, isTold);
            }

            return;
        }

        WriteId(Begin(IsReasoning(item) ? "REASONING_MESSAGE_END"u8 : "TEXT_MESSAGE_END"u8), item);
        Output.End();
        if (IsReasoning(item))
        {
            WriteId(Begin("REASONING_END"u8), item);
            Output.End();
        }
    }

    public override void Finish(FinishReason reason)
    {
        if (_hasUnsafeCall)
        {
            WriteError("A tool call is not safe to execute.", "unsafe_tool_call");
        }
        else
        {
            WriteRun("RUN_FINISHED"u8);
        }
    }

    public override void Fail(ForwardOutcome outcome, string description) => WriteError(description, FormatNames.Of(outcome));

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static bool IsReasoning(ForwardedItem item) => item.Source.Kind == MessageItemKind.Reasoning;

    private void WriteUnsafe(ForwardedItem item, ToolCall call, bool isTold)
    {
        _hasUnsafeCall = true;
        Utf8JsonWriter json = Begin("CUSTOM"u8);
        json.WriteString("name"u8, "streamingjson.unsafe_tool_call"u8);
        json.WriteStartObject("value"u8);
        WriteId(json, item);
        json.WriteString("outcome"u8, FormatNames.Of(call.Outcome));
        json.WritePropertyName("reasons"u8);
        FinalMessageWriter.WriteReasons(json, CallInput.ReasonsOf(item) | (isTold ? UnsafeReasons.None : UnsafeReasons.ArgumentsContradicted));
        json.WriteEndObject();
        Output.End();
    }

    // No event of a tool call says that it is not the client's to execute, and clients execute those that ended: so it is told of in no such event.
    private void WriteProviderExecuted(ForwardedItem item, ToolCall call)
    {
        Utf8JsonWriter json = Begin("CUSTOM"u8);
        json.WriteString("name"u8, "streamingjson.provider_executed_tool_call"u8);
        json.WriteStartObject("value"u8);
        WriteId(json, item);
        json.WriteString("toolCallName"u8, call.NameUtf8);
        json.WritePropertyName("arguments"u8);
        CallInput.Write(json, item);
        json.WriteString("outcome"u8, FormatNames.Of(call.Outcome));
        json.WritePropertyName("reasons"u8);
        FinalMessageWriter.WriteReasons(json, CallInput.ReasonsOf(item));
        json.WriteEndObject();
        Output.End();
    }

    private static void WriteId(Utf8JsonWriter json, ForwardedItem item) => json.WriteString(item.Call is null ? "messageId"u8 : "toolCallId"u8, item.WireId);

    // The first text is the message itself, so that calls belong to it; others have ids of their own.
    private byte[] CreateId(ForwardedItem item)
    {
        if (item.Call is { } call)
        {
            return FormatNames.IdOf(call, item.Number);
        }

        if (!_hasText && !IsReasoning(item))
        {
            _hasText = true;
            return _messageId;
        }

        return [.. _messageId, (byte)'-', .. Encoding.UTF8.GetBytes(FormatNames.IdOf(item))];
    }

    private void WriteRun(ReadOnlySpan<byte> type)
    {
        Utf8JsonWriter json = Begin(type);
        json.WriteString("threadId"u8, _threadId);
        json.WriteString("runId"u8, _runId);
        Output.End();
    }

    private void WriteError(string message, string code)
    {
        Utf8JsonWriter json = Begin("RUN_ERROR"u8);
        json.WriteString("message"u8, message);
        json.WriteString("code"u8, code);
        Output.End();
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        Utf8JsonWriter json = Output.Begin();
        json.WriteString("type"u8, type);
        return json;
    }
}
