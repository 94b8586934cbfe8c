using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>OpenAI Chat Completions: pieces by choice and index.</summary>
internal sealed class ChatReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        foreach (JsonElement choice in Items(At(payload, "choices")))
        {
            JsonElement delta = At(choice, "delta");
            bool isKnown = delta.ValueKind == JsonValueKind.Object && At(delta, "function_call").ValueKind == JsonValueKind.Undefined
                && At(choice, "message").ValueKind == JsonValueKind.Undefined && At(choice, "text").ValueKind == JsonValueKind.Undefined;
            if (!isKnown && delta.ValueKind != JsonValueKind.Undefined)
            {
                throw Beyond();
            }

            if (At(delta, "content").ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            {
                throw Beyond();
            }

            AddText(At(delta, "content"));
            foreach (JsonElement piece in Items(At(delta, "tool_calls")))
            {
                AddCall($"{Index(At(choice, "index"))}.{Index(At(piece, "index"))}", At(piece, "function", "name"), At(piece, "function", "arguments"));
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
        switch (WordOf(At(payload, "type")))
        {
            case "response.output_text.delta":
                AddText(At(payload, "delta"));
                break;
            case "response.output_item.added" when WordOf(At(payload, "item", "type")) == "function_call":
                AddCall(Index(At(payload, "output_index")), At(payload, "item", "name"), default);
                break;
            case "response.function_call_arguments.delta" when Knows(Index(At(payload, "output_index"))):
                AddCall(Index(At(payload, "output_index")), default, At(payload, "delta"));
                break;
            case "response.created" or "response.in_progress" or "response.content_part.added" or "response.content_part.done":
            case "response.function_call_arguments.done" when Knows(Index(At(payload, "output_index"))):
            case "response.output_item.done" when Knows(Index(At(payload, "output_index"))):
            case "response.completed" when At(payload, "response", "output").ValueKind == JsonValueKind.Undefined:
                break;
            default:
                throw Beyond();
        }
    }
}
