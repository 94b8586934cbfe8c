using System;
using System.Collections.Generic;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Gemini Interactions (ai.google.dev/api/interactions-api): steps, each with a start, deltas and a stop. The first version of the API called the steps
/// contents, and gave calls whole in one delta; both are read, and the answer of a request that was not streamed (<c>interaction</c>). Calls of built-in tools (searches, code) are no items.
/// </summary>
internal sealed class GeminiInteractionsProtocol : Protocol, IDisposable
{
    // What a call was started with counts if no delta follows; it is usually {}, a placeholder.
    private readonly List<(ToolCall Call, Utf8Buffer Arguments)> _started = new();
    private readonly Stack<Utf8Buffer> _free = new();

    public override ModelProtocol Id => ModelProtocol.GeminiInteractions;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["event_type"u8];
        return IsWhole(root) || type.StartsWith("interaction."u8) || type.StartsWith("step."u8) || type.StartsWith("content."u8) || (type.Is("error"u8) && root["error"u8].HasValue);
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["event_type"u8];
        ReadOnlySpan<byte> name = type.IsString ? type.Raw : frame.EventType;
        if (IsWhole(root))
        {
            ReadWhole(root, message);
        }
        else if (name.SequenceEqual("step.delta"u8) || name.SequenceEqual("content.delta"u8))
        {
            message.StartMessage(default, default);
            ReadDelta(root, message);
        }
        else if (name.SequenceEqual("step.start"u8) || name.SequenceEqual("content.start"u8))
        {
            message.StartMessage(default, default);
            ReadStart(root, message);
        }
        else if (name.SequenceEqual("step.stop"u8) || name.SequenceEqual("content.stop"u8))
        {
            if (root["index"u8].TryGetInt64(out long index) && message.FindCall(0, index) is { } call)
            {
                TakeStarted(call, message);
                message.EndCall(call);
            }
        }
        else if (name.StartsWith("interaction."u8))
        {
            ReadInteraction(root, root["interaction"u8], message);
        }
        else if (root["error"u8].HasValue)
        {
            message.AddError(root["error"u8]);
        }
    }

    public override void Reset()
    {
        foreach ((_, Utf8Buffer arguments) in _started)
        {
            _free.Push(arguments);
        }

        _started.Clear();
    }

    public void Dispose()
    {
        Reset();
        foreach (Utf8Buffer arguments in _free)
        {
            arguments.Dispose();
        }

        _free.Clear();
    }

    /// <summary>Whether a payload is an interaction itself, and not an event of one.</summary>
    public static bool IsWhole(EnvelopeValue root) => root["object"u8].Is("interaction"u8) && !root["event_type"u8].HasValue;

    // Of a request that was not streamed. The first version of the API called the steps outputs.
    private void ReadWhole(EnvelopeValue whole, MessageAssembler message)
    {
        message.StartMessage(whole["id"u8], whole["model"u8]);
        long index = 0;
        foreach (EnvelopeValue step in (whole["steps"u8].IsArray ? whole["steps"u8] : whole["outputs"u8]).EnumerateArray())
        {
            EnvelopeValue type = step["type"u8];
            if (!IsCall(type))
            {
                ReadText(step, index, message);
            }
            else if (message.StartCall(0, index, step["id"u8], step["name"u8]) is { } call)
            {
                ReadType(call, type);
                message.AppendValue(call, step["arguments"u8]);
                message.EndCall(call);
            }

            index++;
        }

        ReadInteraction(whole, whole, message);
    }

    private static bool IsCall(EnvelopeValue type) => type.Is("function_call"u8) || type.Is("mcp_server_tool_call"u8);

    private void ReadStart(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue step = root["step"u8].IsObject ? root["step"u8] : root["content"u8];
        EnvelopeValue type = step["type"u8];
        long index = root["index"u8].AsInt64() ?? MessageAssembler.NoIndex;
        if (IsCall(type))
        {
            ToolCall? call = message.ResolveCall(0, root["index"u8], step["id"u8], step["name"u8], 0, 1);
            ReadType(call, type);
            if (call is { IsRefused: false } && step["arguments"u8].IsObject)
            {
                Forget(call);
                Utf8Buffer arguments = _free.Count > 0 ? _free.Pop() : new Utf8Buffer();
                arguments.Clear();
                CompactJson.Write(step["arguments"u8].Raw, arguments);
                _started.Add((call, arguments));
            }

            return;
        }

        ReadText(step, index, message);
    }

    private static void ReadText(EnvelopeValue step, long index, MessageAssembler message)
    {
        EnvelopeValue type = step["type"u8];
        MessageItemKind kind = type.Is("thought"u8) ? MessageItemKind.Reasoning : MessageItemKind.Text;
        if (kind == MessageItemKind.Reasoning || type.Is("model_output"u8) || type.Is("text"u8))
        {
            message.AppendText(kind, 0, index, step["text"u8]);
            ReadTexts(step["content"u8], kind, index, message);
            ReadTexts(step["summary"u8], kind, index, message);
        }
    }

    private static void ReadTexts(EnvelopeValue parts, MessageItemKind kind, long index, MessageAssembler message)
    {
        foreach (EnvelopeValue part in parts.EnumerateArray())
        {
            message.AppendText(kind, 0, index, part["text"u8]);
        }
    }

    private static void ReadDelta(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue delta = root["delta"u8];
        EnvelopeValue type = delta["type"u8];
        long index = root["index"u8].AsInt64() ?? MessageAssembler.NoIndex;
        if (type.Is("text"u8))
        {
            message.AppendText(MessageItemKind.Text, 0, index, delta["text"u8]);
        }
        else if (type.Is("thought_summary"u8) || type.Is("thought"u8))
        {
            message.AppendText(MessageItemKind.Reasoning, 0, index, delta["text"u8]);
            message.AppendText(MessageItemKind.Reasoning, 0, index, delta["content"u8]["text"u8]);
        }
        else if (type.Is("arguments_delta"u8) || IsCall(type))
        {
            ReadArguments(root, delta, message);
        }
    }

    private static void ReadArguments(EnvelopeValue root, EnvelopeValue delta, MessageAssembler message)
    {
        // The deltas of built-in tools are of steps that are no items; theirs are objects.
        EnvelopeValue arguments = delta["arguments"u8];
        bool isNamed = delta["name"u8].IsText;
        bool isKnown = root["index"u8].TryGetInt64(out long index) ? message.FindCall(0, index) is not null : message.FindLastCall(0) is not null;
        if (!isKnown && !isNamed && !arguments.IsString)
        {
            return;
        }

        if (message.ResolveCall(0, root["index"u8], delta["id"u8], delta["name"u8], 0, 1) is { } call)
        {
            ReadType(call, delta["type"u8]);
            message.AppendArguments(call, arguments, isObjectUsual: true);
        }
    }

    // An MCP server that Google calls.
    private static void ReadType(ToolCall? call, EnvelopeValue type)
    {
        if (type.Is("mcp_server_tool_call"u8))
        {
            call?.SetProviderExecuted();
        }
    }

    private void ReadInteraction(EnvelopeValue root, EnvelopeValue interaction, MessageAssembler message)
    {
        EnvelopeValue status = interaction.IsObject ? interaction["status"u8] : root["status"u8];
        message.StartMessage(interaction.IsObject ? interaction["id"u8] : root["interaction_id"u8], interaction["model"u8]);
        ReadUsage(interaction["usage"u8], message);
        if (interaction["error"u8].HasValue)
        {
            message.AddError(interaction["error"u8]);
        }

        if (!status.IsText || status.Is("in_progress"u8) || status.Is("queued"u8))
        {
            return;
        }

        if (FinishReasons.IsGood(FinishReasons.Find(status.Raw, out _)))
        {
            while (_started.Count > 0)
            {
                TakeStarted(_started[_started.Count - 1].Call, message);
            }
        }

        message.Finish(0, status);
        if (IsWhole(root) || root["event_type"u8].StartsWith("interaction.complete"u8))
        {
            message.Terminate();
        }
    }

    private void TakeStarted(ToolCall call, MessageAssembler message)
    {
        if (Forget(call) is { } arguments && call.QueuedBytes == 0)
        {
            message.AppendArguments(call, arguments.Written);
        }
    }

    // What the call was started with; it stays as it is until the next start.
    private Utf8Buffer? Forget(ToolCall call)
    {
        for (int i = _started.Count - 1; i >= 0; i--)
        {
            (ToolCall started, Utf8Buffer arguments) = _started[i];
            if (started == call)
            {
                _started.RemoveAt(i);
                _free.Push(arguments);
                return arguments;
            }
        }

        return null;
    }

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["total_input_tokens"u8].AsInt64(),
                usage["total_output_tokens"u8].AsInt64(),
                usage["total_tokens"u8].AsInt64(),
                usage["total_cached_tokens"u8].AsInt64(),
                usage["total_thought_tokens"u8].AsInt64()));
        }
    }
}
