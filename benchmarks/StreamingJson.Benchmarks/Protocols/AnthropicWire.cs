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
        Event("message_start", ""","message":{"model":"claude-sonnet-4-5-20250929","id":"msg_01XyAbCdEfGhJkLmNpQrStUv","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":612,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":8,"service_tier":"standard"}}""");
        for (int i = 0; i < calls.Count; i++)
        {
            WireCall call = calls[i];
            Event("content_block_start", $$$""","index":{{{i}}},"content_block":{"type":"tool_use","id":{{{Quote(call.Id)}}},"name":{{{Quote(call.Name)}}},"input":{}}""");
            if (i == 0)
            {
                Event("ping", string.Empty);
            }

            foreach (string delta in wire.DeltasOf(call))
            {
                Event("content_block_delta", $$$""","index":{{{i}}},"delta":{"type":"input_json_delta","partial_json":{{{Quote(delta)}}}}""");
            }

            Event("content_block_stop", $",\"index\":{i}");
        }

        Event("message_delta", ""","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":612,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2041}""");
        Event("message_stop", string.Empty);
        return wire.ToResponse("anthropic", ModelProtocol.Anthropic);

        void Event(string type, string rest) => wire.Event(type, $$"""{"type":"{{type}}"{{rest}}}""");
    }
}
