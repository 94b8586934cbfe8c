using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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

            // What is said aloud, unless it is written too.
            AddText(At(delta, StringOf(At(delta, "content")).Length > 0 ? ["content"] : ["audio", "transcript"]));
            // Some servers have one call there, and no array.
            JsonElement calls = At(delta, "tool_calls");
            foreach (JsonElement piece in calls.ValueKind == JsonValueKind.Object ? [calls] : Items(calls))
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

/// <summary>What Responses and Realtime have in common: events of items, that say at their end once more what came.</summary>
internal abstract class OpenAIEventReading : ProtocolReading
{
    private readonly HashSet<string> _seen = [];

    protected override void Clear() => _seen.Clear();

    /// <summary>Of which response it is, where there may be several.</summary>
    protected abstract string ResponseOf(JsonElement payload);

    /// <summary>Whether the event is about something else.</summary>
    protected abstract bool IsAside(string type, JsonElement payload);

    protected override void Read(JsonElement payload)
    {
        string type = WordOf(At(payload, "type"));
        string key = $"{ResponseOf(payload)} {Index(At(payload, "output_index"))}";
        switch (type)
        {
            case "response.output_text.delta" or "response.text.delta" or "response.output_audio_transcript.delta" when At(payload, "delta").ValueKind == JsonValueKind.String:
                if (StringOf(At(payload, "delta")).Length > 0)
                {
                    _seen.Add(PartOf(payload));
                }

                AddText(At(payload, "delta"));
                break;
            case "response.output_text.done" or "response.text.done" or "response.output_audio_transcript.done" or "response.content_part.done" when _seen.Contains(PartOf(payload)):
                break;
            case "response.output_item.added" when WordOf(At(payload, "item", "type")) == "function_call" && StringOf(At(payload, "item", "arguments")).Length == 0:
                // An id that two items have is beyond it.
                AddCall(Knows(key) || !_seen.Add(StringOf(At(payload, "item", "id"))) ? throw Beyond() : key, At(payload, "item", "name"), default);
                _seen.Add(ResponseOf(payload));
                break;
            case "response.output_item.added" when WordOf(At(payload, "item", "type")) == "message":
                _seen.Add(ResponseOf(payload));
                break;
            case "response.function_call_arguments.delta" when Knows(key):
                AddCall(key, default, At(payload, "delta"));
                break;
            case "response.function_call_arguments.done" or "response.output_item.done" when Knows(key) && HasArguments(key):
                break;
            case "response.output_item.done" when WordOf(At(payload, "item", "type")) == "message" && Items(At(payload, "item", "content")).Index().All(part => _seen.Contains(PartOf(payload, StringOf(At(payload, "item", "id")), part.Index))):
            case "response.created" or "response.in_progress" or "response.content_part.added":
            case "response.completed" or "response.done" when _seen.Contains(ResponseOf(payload)):
                break;
            default:
                if (!IsAside(type, payload))
                {
                    throw Beyond();
                }

                break;
        }
    }

    private string PartOf(JsonElement payload) => PartOf(payload, StringOf(At(payload, "item_id")), int.Parse(Index(At(payload, "content_index")), CultureInfo.InvariantCulture));

    // Whether events with an index and without one are of the same item is beyond it.
    private string PartOf(JsonElement payload, string itemId, int number) =>
        $"{ResponseOf(payload)} {(Has(payload, "output_index") ? Index(At(payload, "output_index")) : "none")} {itemId} {number}";
}

/// <summary>OpenAI Responses: items by output index.</summary>
internal sealed class ResponsesReading : OpenAIEventReading
{
    protected override string ResponseOf(JsonElement payload) => "";

    protected override bool IsAside(string type, JsonElement payload) => false;
}

/// <summary>OpenAI Realtime: a message each; several responses, each with items of its own.</summary>
internal sealed class RealtimeReading : OpenAIEventReading
{
    protected override IEnumerable<string> Payloads(byte[] stream) => TextOf(stream).Split('\n');

    protected override string ResponseOf(JsonElement payload) => StringOf(Has(payload, "response_id") ? At(payload, "response_id") : At(payload, "response", "id"));

    protected override bool IsAside(string type, JsonElement payload) => !Has(payload, "error")
        && (type.StartsWith("session.", StringComparison.Ordinal) || type.StartsWith("conversation.", StringComparison.Ordinal) || type == "rate_limits.updated");
}

/// <summary>OpenAI Assistants: parts of messages, calls of steps by index.</summary>
internal sealed class AssistantsReading : ProtocolReading
{
    private readonly HashSet<string> _parts = [];
    private readonly Dictionary<string, string> _keys = [];

    protected override void Clear()
    {
        _parts.Clear();
        _keys.Clear();
    }

    protected override void Read(JsonElement payload)
    {
        switch (WordOf(At(payload, "object")))
        {
            case "thread.message.delta":
                ReadParts(payload, At(payload, "delta", "content"));
                break;
            case "thread.run.step.delta":
                ReadCalls(At(payload, "delta", "step_details", "tool_calls"));
                break;
            case "thread.message":
                ConfirmParts(payload);
                break;
            case "thread.run" when Items(At(payload, "required_action", "submit_tool_outputs", "tool_calls")).All(IsKnown):
            case "thread" or "thread.run.step":
                break;
            default:
                throw Beyond();
        }
    }

    // Arguments that come with the end alone are beyond it.
    private bool IsKnown(JsonElement call) =>
        _keys.TryGetValue(WordOf(At(call, "id")), out string? key) && (HasArguments(key) || !Has(At(call, "function"), "arguments"));

    private void ReadParts(JsonElement message, JsonElement parts)
    {
        foreach (JsonElement part in Items(parts))
        {
            _parts.Add($"{StringOf(At(message, "id"))} {Index(At(part, "index"))}");
            AddText(At(part, "text", "value"));
        }
    }

    private void ReadCalls(JsonElement calls)
    {
        foreach (JsonElement call in Items(calls))
        {
            if (!Has(call, "function") || !Has(call, "index"))
            {
                throw Beyond();
            }

            if (Has(call, "id"))
            {
                _keys[WordOf(At(call, "id"))] = Index(At(call, "index"));
            }

            AddCall(Index(At(call, "index")), At(call, "function", "name"), At(call, "function", "arguments"));
        }
    }

    // The whole of what came in pieces; what did not is beyond it.
    private void ConfirmParts(JsonElement message)
    {
        int number = 0;
        foreach (JsonElement part in Items(At(message, "content")))
        {
            if (!_parts.Contains($"{StringOf(At(message, "id"))} {number++}"))
            {
                throw Beyond();
            }
        }
    }
}
