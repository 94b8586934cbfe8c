using System.Collections.Generic;
using StreamingJson.ToolCalls;
using static StreamingJson.Benchmarks.Protocols.WireWriter;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Anthropic Messages: named server-sent events, a content block for each call.</summary>
internal static class AnthropicWire
{
    public static ProviderResponse Make(IReadOnlyList<WireCall> calls)
    {
        var wire = new WireWriter(calls);
        Start(wire);
        for (int i = 0; i < calls.Count; i++)
        {
            WireCall call = calls[i];
            Event(wire, "content_block_start", $$$""","index":{{{i}}},"content_block":{"type":"tool_use","id":{{{Quote(call.Id)}}},"name":{{{Quote(call.Name)}}},"input":{}}""");
            if (i == 0)
            {
                Event(wire, "ping", string.Empty);
            }

            foreach (string delta in wire.DeltasOf(call.Arguments))
            {
                Event(wire, "content_block_delta", $$$""","index":{{{i}}},"delta":{"type":"input_json_delta","partial_json":{{{Quote(delta)}}}}""");
            }

            Event(wire, "content_block_stop", $",\"index\":{i}");
        }

        End(wire, "tool_use");
        return wire.ToResponse("anthropic", ModelProtocol.Anthropic);
    }

    /// <summary>The same with a text in place of calls.</summary>
    public static ProviderResponse MakeText(string text)
    {
        var wire = new WireWriter([], text);
        Start(wire);
        Event(wire, "content_block_start", ""","index":0,"content_block":{"type":"text","text":""}""");
        Event(wire, "ping", string.Empty);
        foreach (string delta in wire.DeltasOf(text))
        {
            Event(wire, "content_block_delta", $$$""","index":0,"delta":{"type":"text_delta","text":{{{Quote(delta)}}}}""");
        }

        Event(wire, "content_block_stop", ",\"index\":0");
        End(wire, "end_turn");
        return wire.ToResponse("anthropic-text", ModelProtocol.Anthropic);
    }

    private static void Start(WireWriter wire) => Event(wire, "message_start", ""","message":{"model":"claude-sonnet-4-5-20250929","id":"msg_01XyAbCdEfGhJkLmNpQrStUv","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":612,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":8,"service_tier":"standard"}}""");

    private static void End(WireWriter wire, string reason)
    {
        Event(wire, "message_delta", $$$""","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"input_tokens":612,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2041}""");
        Event(wire, "message_stop", string.Empty);
    }

    private static void Event(WireWriter wire, string type, string rest) => wire.Event(type, $$"""{"type":"{{type}}"{{rest}}}""");
}
