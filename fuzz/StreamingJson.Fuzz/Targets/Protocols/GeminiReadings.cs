using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>What the parts of Gemini's messages are: text, thoughts, whole calls.</summary>
internal static class GeminiParts
{
    private static readonly string[] Known = ["text", "thought", "thoughtSignature", "functionCall"];

    public static bool AreKnown(IEnumerable<JsonElement> parts) =>
        parts.All(part => part.ValueKind == JsonValueKind.Object && part.EnumerateObject().All(member => Known.Contains(member.Name)));

    public static bool IsVisible(JsonElement part) => !part.TryGetProperty("thought", out JsonElement thought) || thought.ValueKind != JsonValueKind.True;
}

/// <summary>Gemini: candidates with parts; calls that come whole.</summary>
internal sealed class GeminiReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        if (Has(payload, "response") || Has(payload, "error") || Has(payload, "promptFeedback"))
        {
            throw Beyond();
        }

        foreach (JsonElement candidate in Items(At(payload, "candidates")))
        {
            JsonElement parts = At(candidate, "content", "parts");
            if (!GeminiParts.AreKnown(Items(parts)))
            {
                throw Beyond();
            }

            foreach (JsonElement part in Items(parts))
            {
                AddText(GeminiParts.IsVisible(part) ? At(part, "text") : default);
                if (At(part, "functionCall") is { ValueKind: not JsonValueKind.Undefined } call)
                {
                    ReadCall(call);
                }
            }
        }
    }

    // Calls that go on in other payloads, or are made of patches, are beyond it.
    private void ReadCall(JsonElement call)
    {
        if (Has(call, "willContinue") || Has(call, "partialArgs") || StringOf(At(call, "name")).Length == 0)
        {
            throw Beyond();
        }

        AddWholeCall(At(call, "name"), At(call, "args"));
    }
}

/// <summary>Gemini Live: turns of a conversation; what is said is its transcription.</summary>
internal sealed class GeminiLiveReading : LineReading
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    protected override void Read(JsonElement payload)
    {
        JsonElement parts = At(payload, "serverContent", "modelTurn", "parts");
        if (Has(payload, "error") || Has(payload, "toolCallCancellation") || !GeminiParts.AreKnown(Items(parts)))
        {
            throw Beyond();
        }

        foreach (JsonElement part in Items(parts))
        {
            AddText(GeminiParts.IsVisible(part) ? At(part, "text") : default);
        }

        AddText(At(payload, "serverContent", "outputTranscription", "text"));
        foreach (JsonElement call in Items(At(payload, "toolCall", "functionCalls")))
        {
            AddWholeCall(At(call, "name"), Has(call, "args") ? At(call, "args") : NoArguments);
        }
    }
}

/// <summary>Gemini Interactions: steps by index.</summary>
internal sealed class GeminiInteractionsReading : ProtocolReading
{
    protected override void Read(JsonElement payload)
    {
        string type = WordOf(At(payload, "event_type"));
        if (type.StartsWith("interaction.", StringComparison.Ordinal) && !Has(payload, "interaction", "error"))
        {
            return;
        }

        string key = Has(payload, "index") ? Index(At(payload, "index")) : throw Beyond();
        switch (type)
        {
            case "step.start" when WordOf(At(payload, "step", "type")) == "function_call" && !Knows(key) && !At(payload, "step", "arguments").EnumerateObject().Any():
                AddCall(key, At(payload, "step", "name"), default);
                break;
            case "step.delta" when WordOf(At(payload, "delta", "type")) == "arguments_delta" && Knows(key) && !Has(payload, "delta", "name"):
                AddCall(key, default, At(payload, "delta", "arguments").ValueKind == JsonValueKind.String ? At(payload, "delta", "arguments") : throw Beyond());
                break;
            case "step.start" when WordOf(At(payload, "step", "type")) == "model_output" && !Has(payload, "step", "text") && !Has(payload, "step", "content") && !Has(payload, "step", "summary"):
            case "step.stop" when !Knows(key) || HasArguments(key):
                break;
            case "step.delta" when WordOf(At(payload, "delta", "type")) == "text":
                AddText(At(payload, "delta", "text"));
                break;
            default:
                throw Beyond();
        }
    }
}
