using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>
/// What people write for the calls and the text of one provider: a <see cref="JsonDocument"/> for each event, a <see cref="StringBuilder"/> for each call,
/// one for the text, and a parse when all is there. Nothing of it can be looked at before.
/// </summary>
internal sealed class CallsByHand(ModelProtocol protocol)
{
    private readonly List<(string Id, string Name, StringBuilder Arguments)> _calls = [];
    private readonly StringBuilder _text = new();

    public IReadOnlyList<WireCall> GetCalls() => _calls.ConvertAll(c => new WireCall(c.Id, c.Name, c.Arguments.ToString()));

    public string GetText() => _text.ToString();

    public void Clear()
    {
        _calls.Clear();
        _text.Clear();
    }

    /// <summary>Parses the arguments of all calls, and the text.</summary>
    public long Finish()
    {
        long seen = _text.Length == 0 ? 0 : Parse(_text);
        foreach ((_, _, StringBuilder arguments) in _calls)
        {
            seen += Parse(arguments);
        }

        return seen;
    }

    public void ReadEvent(string eventType, JsonElement root)
    {
        switch (protocol)
        {
            case ModelProtocol.OpenAIChat:
                ReadChat(root);
                break;
            case ModelProtocol.OpenAIResponses:
                ReadResponses(root);
                break;
            case ModelProtocol.Anthropic:
                ReadAnthropic(root);
                break;
            case ModelProtocol.BedrockConverse:
                ReadConverse(eventType, root);
                break;
        }
    }

    private static int Parse(StringBuilder json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToString());
        return (int)document.RootElement.ValueKind;
    }

    private void ReadChat(JsonElement root)
    {
        JsonElement delta = root.GetProperty("choices")[0].GetProperty("delta");
        if (delta.TryGetProperty("content", out JsonElement content))
        {
            _text.Append(content.GetString());
        }

        if (!delta.TryGetProperty("tool_calls", out JsonElement calls))
        {
            return;
        }

        foreach (JsonElement call in calls.EnumerateArray())
        {
            JsonElement function = call.GetProperty("function");
            if (call.TryGetProperty("id", out JsonElement id))
            {
                Start(id, function.GetProperty("name"));
            }

            _calls[call.GetProperty("index").GetInt32()].Arguments.Append(function.GetProperty("arguments").GetString());
        }
    }

    private void ReadResponses(JsonElement root)
    {
        switch (root.GetProperty("type").GetString())
        {
            case "response.output_item.added" when root.GetProperty("item") is var item && item.GetProperty("type").ValueEquals("function_call"):
                Start(item.GetProperty("call_id"), item.GetProperty("name"));
                break;
            case "response.function_call_arguments.delta":
                _calls[root.GetProperty("output_index").GetInt32()].Arguments.Append(root.GetProperty("delta").GetString());
                break;
            case "response.output_text.delta":
                _text.Append(root.GetProperty("delta").GetString());
                break;
        }
    }

    private void ReadAnthropic(JsonElement root)
    {
        switch (root.GetProperty("type").GetString())
        {
            case "content_block_start" when root.GetProperty("content_block") is var block && block.GetProperty("type").ValueEquals("tool_use"):
                Start(block.GetProperty("id"), block.GetProperty("name"));
                break;
            case "content_block_delta" when root.GetProperty("delta") is var delta && delta.GetProperty("type").ValueEquals("input_json_delta"):
                _calls[root.GetProperty("index").GetInt32()].Arguments.Append(delta.GetProperty("partial_json").GetString());
                break;
            case "content_block_delta" when root.GetProperty("delta") is var delta && delta.GetProperty("type").ValueEquals("text_delta"):
                _text.Append(delta.GetProperty("text").GetString());
                break;
        }
    }

    private void ReadConverse(string eventType, JsonElement root)
    {
        switch (eventType)
        {
            case "contentBlockStart" when root.GetProperty("start").TryGetProperty("toolUse", out JsonElement use):
                Start(use.GetProperty("toolUseId"), use.GetProperty("name"));
                break;
            case "contentBlockDelta" when root.GetProperty("delta").TryGetProperty("toolUse", out JsonElement use):
                _calls[root.GetProperty("contentBlockIndex").GetInt32()].Arguments.Append(use.GetProperty("input").GetString());
                break;
            case "contentBlockDelta" when root.GetProperty("delta").TryGetProperty("text", out JsonElement text):
                _text.Append(text.GetString());
                break;
        }
    }

    private void Start(JsonElement id, JsonElement name) => _calls.Add((id.GetString()!, name.GetString()!, new StringBuilder()));
}
