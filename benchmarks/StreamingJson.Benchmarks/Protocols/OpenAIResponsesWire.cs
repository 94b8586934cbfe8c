using System.Collections.Generic;
using System.Linq;
using StreamingJson.ToolCalls;
using static StreamingJson.Benchmarks.Protocols.WireWriter;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>OpenAI Responses: named server-sent events with a sequence number; the arguments come whole once more at the end.</summary>
internal static class OpenAIResponsesWire
{
    public static ProviderResponse Make(IReadOnlyList<WireCall> calls)
    {
        var wire = new WireWriter(calls);
        int sequence = 0;
        Event("response.created", $"\"response\":{Response("in_progress", "")}");
        Event("response.in_progress", $"\"response\":{Response("in_progress", "")}");
        for (int i = 0; i < calls.Count; i++)
        {
            WireCall call = calls[i];
            string place = $"\"item_id\":\"{ItemId(i)}\",\"output_index\":{i}";
            Event("response.output_item.added", $"\"output_index\":{i},\"item\":{Item(i, call, "in_progress", "")}");
            foreach (string delta in wire.DeltasOf(call.Arguments))
            {
                Event("response.function_call_arguments.delta", $"{place},\"delta\":{Quote(delta)},\"obfuscation\":\"{Padding(delta)}\"");
            }

            Event("response.function_call_arguments.done", $"{place},\"arguments\":{Quote(call.Arguments)}");
            Event("response.output_item.done", $"\"output_index\":{i},\"item\":{Item(i, call, "completed", call.Arguments)}");
        }

        Event("response.completed", $"\"response\":{Response("completed", string.Join(',', calls.Select((c, i) => Item(i, c, "completed", c.Arguments))))}");
        return wire.ToResponse("openai-responses", ModelProtocol.OpenAIResponses);

        void Event(string type, string rest) => wire.Event(type, $$"""{"type":"{{type}}","sequence_number":{{sequence++}},{{rest}}}""");
    }

    /// <summary>The same with a text in place of calls.</summary>
    public static ProviderResponse MakeText(string text)
    {
        const string Place = "\"item_id\":\"msg_0a1b2c3d4e5f60718293a4b5c6d7e8f0\",\"output_index\":0,\"content_index\":0";
        var wire = new WireWriter([], text);
        int sequence = 0;
        string part = $$"""{"type":"output_text","annotations":[],"logprobs":[],"text":{{Quote(text)}}}""";
        string item = $$"""{"id":"msg_0a1b2c3d4e5f60718293a4b5c6d7e8f0","type":"message","status":"completed","content":[{{part}}],"role":"assistant"}""";
        Event("response.created", $"\"response\":{Response("in_progress", "")}");
        Event("response.in_progress", $"\"response\":{Response("in_progress", "")}");
        Event("response.output_item.added", """
            "output_index":0,"item":{"id":"msg_0a1b2c3d4e5f60718293a4b5c6d7e8f0","type":"message","status":"in_progress","content":[],"role":"assistant"}
            """);
        Event("response.content_part.added", Place + ""","part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}""");
        foreach (string delta in wire.DeltasOf(text))
        {
            Event("response.output_text.delta", $"{Place},\"delta\":{Quote(delta)},\"logprobs\":[],\"obfuscation\":\"{Padding(delta)}\"");
        }

        Event("response.output_text.done", $"{Place},\"text\":{Quote(text)},\"logprobs\":[]");
        Event("response.content_part.done", $"{Place},\"part\":{part}");
        Event("response.output_item.done", $"\"output_index\":0,\"item\":{item}");
        Event("response.completed", $"\"response\":{Response("completed", item)}");
        return wire.ToResponse("openai-responses-text", ModelProtocol.OpenAIResponses);

        void Event(string type, string rest) => wire.Event(type, $$"""{"type":"{{type}}","sequence_number":{{sequence++}},{{rest}}}""");
    }

    private static string ItemId(int index) => $"fc_0a1b2c3d4e5f60718293a4b5c6d7e8f{index}";

    private static string Item(int index, WireCall call, string status, string arguments) =>
        $$"""{"id":"{{ItemId(index)}}","type":"function_call","status":"{{status}}","arguments":{{Quote(arguments)}},"call_id":{{Quote(call.Id)}},"name":{{Quote(call.Name)}}}""";

    private static string Response(string status, string output) =>
        $$$"""{"id":"resp_0a1b2c3d4e5f","object":"response","created_at":1760000000,"status":"{{{status}}}","background":false,"error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"gpt-5.1-2025-11-13","output":[{{{output}}}],"parallel_tool_calls":true,"previous_response_id":null,"store":true,"temperature":1.0,"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":null,"user":null,"metadata":{}}""";
}
