using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>OpenAI Chat Completions: pieces by choice and index.</summary>
internal sealed class ChatReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        foreach (JsonElement choice in Items(At(payload, "choices")))
        {
            AddText(At(choice, "delta", "content"));
            foreach (JsonElement piece in Items(At(choice, "delta", "tool_calls")))
            {
                AddCall($"{At(choice, "index")}.{At(piece, "index")}", At(piece, "function", "name"), At(piece, "function", "arguments"));
            }
        }
    }
}

/// <summary>OpenAI Completions: text.</summary>
internal sealed class CompletionsReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        foreach (JsonElement choice in Items(At(payload, "choices")))
        {
            AddText(At(choice, "text"));
        }
    }
}

/// <summary>OpenAI Responses: items by output index.</summary>
internal sealed class ResponsesReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string key = At(payload, "output_index").ToString();
        switch (StringOf(At(payload, "type")))
        {
            case "response.output_text.delta":
                AddText(At(payload, "delta"));
                break;
            case "response.output_item.added" when StringOf(At(payload, "item", "type")) == "function_call":
                AddCall(key, At(payload, "item", "name"), default);
                break;
            case "response.function_call_arguments.delta":
                AddCall(key, default, At(payload, "delta"));
                break;
        }
    }
}
