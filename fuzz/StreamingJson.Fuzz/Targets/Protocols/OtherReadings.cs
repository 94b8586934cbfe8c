using System.Linq;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>Anthropic Messages: content blocks by index.</summary>
internal sealed class AnthropicReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        switch (WordOf(At(payload, "type")))
        {
            case "content_block_start" when WordOf(At(payload, "content_block", "type")) == "tool_use":
                AddCall(Index(At(payload, "index")), At(payload, "content_block", "name"), default);
                break;
            case "content_block_start" when WordOf(At(payload, "content_block", "type")) == "text":
                AddText(At(payload, "content_block", "text"));
                break;
            case "content_block_delta" when WordOf(At(payload, "delta", "type")) == "text_delta":
                AddText(At(payload, "delta", "text"));
                break;
            case "content_block_delta" when WordOf(At(payload, "delta", "type")) == "input_json_delta" && Knows(Index(At(payload, "index"))):
                AddCall(Index(At(payload, "index")), default, At(payload, "delta", "partial_json"));
                break;
            case "message_start" or "message_delta" or "message_stop" or "content_block_stop" or "ping":
                break;
            default:
                throw Beyond();
        }
    }
}

/// <summary>Cohere v2: calls by index.</summary>
internal sealed class CohereReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string key = Index(At(payload, "index"));
        JsonElement function = At(payload, "delta", "message", "tool_calls", "function");
        switch (WordOf(At(payload, "type")))
        {
            case "content-start" or "content-delta" when At(payload, "delta", "message", "content").ValueKind == JsonValueKind.Object:
                AddText(At(payload, "delta", "message", "content", "text"));
                break;
            case "tool-call-start" when function.ValueKind == JsonValueKind.Object:
            case "tool-call-delta" when Knows(key):
                AddCall(key, At(function, "name"), At(function, "arguments"));
                break;
            case "message-start" or "message-end" or "content-end" or "tool-call-end" or "citation-start" or "citation-end":
                break;
            default:
                throw Beyond();
        }
    }
}

/// <summary>Cohere v1: a line each; calls by index.</summary>
internal sealed class CohereV1Reading : LineReading
{
    protected override void Read(JsonElement payload)
    {
        JsonElement delta = At(payload, "tool_call_delta");
        string type = WordOf(At(payload, "event_type"));
        if (Has(payload, "generations") || Has(payload, "error") || Has(payload, "message") || (type != "stream-end" && Has(payload, "response")))
        {
            throw Beyond();
        }

        switch (type)
        {
            case "text-generation":
                AddText(At(payload, "text"));
                break;
            case "tool-calls-chunk" when delta.ValueKind == JsonValueKind.Object && Has(delta, "index"):
                JsonElement parameters = At(delta, "parameters");
                AddCall(Index(At(delta, "index")), At(delta, "name"), parameters.ValueKind is JsonValueKind.String or JsonValueKind.Undefined ? parameters : throw Beyond());
                break;
            case "tool-calls-generation" when Items(At(payload, "tool_calls")).Count() <= Calls && Enumerable.Range(0, Calls).All(call => HasArguments($"{call}")):
            case "stream-end" when (HasText || !Has(payload, "response", "text")) && (Calls > 0 || !Has(payload, "response", "tool_calls")) && !Has(payload, "response", "generations"):
            case "stream-start" or "citation-generation" or "search-results" or "search-queries-generation":
                break;
            default:
                throw Beyond();
        }
    }
}

/// <summary>Ollama: a line each; text only.</summary>
internal sealed class OllamaReading : LineReading
{
    protected override void Read(JsonElement payload)
    {
        if (At(payload, "message", "tool_calls").ValueKind != JsonValueKind.Undefined)
        {
            throw Beyond();
        }

        AddText(At(payload, "message", "content"));
        AddText(At(payload, "response"));
    }
}

/// <summary>UI message stream: calls by id.</summary>
internal sealed class UIMessageReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string key = StringOf(At(payload, "toolCallId"));
        switch (WordOf(At(payload, "type")))
        {
            case "text-delta":
                AddText(At(payload, "delta"));
                break;
            case "tool-input-start":
                AddCall(key, At(payload, "toolName"), default);
                break;
            case "tool-input-delta" when Knows(key):
                AddCall(key, default, At(payload, "inputTextDelta"));
                break;
            case "start" or "start-step" or "finish-step" or "finish" or "text-start" or "text-end" or "tool-output-available":
            case "tool-input-available" when HasArguments(key):
                break;
            default:
                throw Beyond();
        }
    }
}

/// <summary>AG-UI: calls by id.</summary>
internal sealed class AgUIReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string key = StringOf(At(payload, "toolCallId"));
        switch (WordOf(At(payload, "type")))
        {
            case "TEXT_MESSAGE_CONTENT":
                AddText(At(payload, "delta"));
                break;
            case "TOOL_CALL_START":
                AddCall(key, At(payload, "toolCallName"), default);
                break;
            case "TOOL_CALL_ARGS" when Knows(key):
                AddCall(key, default, At(payload, "delta"));
                break;
            case "RUN_STARTED" or "RUN_FINISHED" or "STEP_STARTED" or "STEP_FINISHED" or "TEXT_MESSAGE_START" or "TEXT_MESSAGE_END" or "TOOL_CALL_END":
                break;
            default:
                throw Beyond();
        }
    }
}
