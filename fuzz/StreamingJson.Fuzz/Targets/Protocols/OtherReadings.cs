using System.Collections.Generic;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>Anthropic Messages: content blocks by index.</summary>
internal sealed class AnthropicReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string key = At(payload, "index").ToString();
        switch (StringOf(At(payload, "type")))
        {
            case "content_block_start" when StringOf(At(payload, "content_block", "type")) == "tool_use":
                AddCall(key, At(payload, "content_block", "name"), default);
                break;
            case "content_block_start" when StringOf(At(payload, "content_block", "type")) == "text":
                AddText(At(payload, "content_block", "text"));
                break;
            case "content_block_delta" when StringOf(At(payload, "delta", "type")) == "text_delta":
                AddText(At(payload, "delta", "text"));
                break;
            case "content_block_delta" when StringOf(At(payload, "delta", "type")) == "input_json_delta":
                AddCall(key, default, At(payload, "delta", "partial_json"));
                break;
        }
    }
}

/// <summary>Cohere v2: calls by index.</summary>
internal sealed class CohereReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        switch (StringOf(At(payload, "type")))
        {
            case "content-start" or "content-delta":
                AddText(At(payload, "delta", "message", "content", "text"));
                break;
            case "tool-call-start" or "tool-call-delta":
                JsonElement function = At(payload, "delta", "message", "tool_calls", "function");
                AddCall(At(payload, "index").ToString(), At(function, "name"), At(function, "arguments"));
                break;
        }
    }
}

/// <summary>Ollama: a line each; calls are whole objects.</summary>
internal sealed class OllamaReading : ProtocolReading
{
    private int _calls;

    protected override IEnumerable<string> Payloads(string stream) => stream.Split('\n');

    protected override void Read(JsonElement payload)
    {
        AddText(At(payload, "message", "content"));
        foreach (JsonElement call in Items(At(payload, "message", "tool_calls")))
        {
            using JsonDocument text = JsonDocument.Parse(JsonSerializer.Serialize(JsonSerializer.Serialize(At(call, "function", "arguments"))));
            AddCall($"{_calls++}", At(call, "function", "name"), text.RootElement);
        }
    }
}

/// <summary>UI message stream: calls by id.</summary>
internal sealed class UIMessageReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        switch (StringOf(At(payload, "type")))
        {
            case "text-delta":
                AddText(At(payload, "delta"));
                break;
            case "tool-input-start":
                AddCall(StringOf(At(payload, "toolCallId")), At(payload, "toolName"), default);
                break;
            case "tool-input-delta":
                AddCall(StringOf(At(payload, "toolCallId")), default, At(payload, "inputTextDelta"));
                break;
        }
    }
}

/// <summary>AG-UI: calls by id.</summary>
internal sealed class AgUIReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        switch (StringOf(At(payload, "type")))
        {
            case "TEXT_MESSAGE_CONTENT" or "TEXT_MESSAGE_CHUNK":
                AddText(At(payload, "delta"));
                break;
            case "TOOL_CALL_START":
                AddCall(StringOf(At(payload, "toolCallId")), At(payload, "toolCallName"), default);
                break;
            case "TOOL_CALL_ARGS":
                AddCall(StringOf(At(payload, "toolCallId")), default, At(payload, "delta"));
                break;
        }
    }
}
