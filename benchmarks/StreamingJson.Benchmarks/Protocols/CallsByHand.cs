using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>
/// What people write for the calls of one provider: a <see cref="JsonDocument"/> for each event, a <see cref="StringBuilder"/> for each call, and
/// a parse when all is there. Nothing of the arguments can be looked at before.
/// </summary>
internal sealed class CallsByHand(ModelProtocol protocol)
{
    private readonly List<(string Id, string Name, StringBuilder Arguments)> _calls = [];

    public IReadOnlyList<WireCall> GetCalls() => _calls.ConvertAll(c => new WireCall(c.Id, c.Name, c.Arguments.ToString()));

    public void Clear() => _calls.Clear();

    /// <summary>Parses the arguments of all calls.</summary>
    public long Finish()
    {
        long seen = 0;
        foreach ((_, _, StringBuilder arguments) in _calls)
        {
            using JsonDocument document = JsonDocument.Parse(arguments.ToString());
            seen += (int)document.RootElement.ValueKind;
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

    private void ReadChat(JsonElement root)
    {
        if (!root.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("tool_calls", out JsonElement calls))
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
        }
    }

    private void Start(JsonElement id, JsonElement name) => _calls.Add((id.GetString()!, name.GetString()!, new StringBuilder()));
}
