using System.Collections.Generic;
using StreamingJson.ToolCalls;
using static StreamingJson.Benchmarks.Protocols.WireWriter;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>OpenAI Chat Completions, <c>stream: true</c>: nameless server-sent events, each call known by its index.</summary>
internal static class OpenAIChatWire
{
    public static ProviderResponse Make(IReadOnlyList<WireCall> calls)
    {
        var wire = new WireWriter(calls);
        Chunk(wire, """{"role":"assistant","content":null,"refusal":null}""", "null", "start");
        for (int i = 0; i < calls.Count; i++)
        {
            WireCall call = calls[i];
            Chunk(wire, $$$"""{"tool_calls":[{"index":{{{i}}},"id":{{{Quote(call.Id)}}},"type":"function","function":{"name":{{{Quote(call.Name)}}},"arguments":""}}]}""", "null", call.Name);
            foreach (string delta in wire.DeltasOf(call.Arguments))
            {
                Chunk(wire, $$$"""{"tool_calls":[{"index":{{{i}}},"function":{"arguments":{{{Quote(delta)}}}}}]}""", "null", delta);
            }
        }

        Chunk(wire, "{}", "\"tool_calls\"", "end");
        wire.Terminator("[DONE]");
        return wire.ToResponse("openai-chat", ModelProtocol.OpenAIChat);
    }

    /// <summary>The same with a text in place of calls.</summary>
    public static ProviderResponse MakeText(string text)
    {
        var wire = new WireWriter([], text);
        Chunk(wire, """{"role":"assistant","content":"","refusal":null}""", "null", "start");
        foreach (string delta in wire.DeltasOf(text))
        {
            Chunk(wire, $$"""{"content":{{Quote(delta)}}}""", "null", delta);
        }

        Chunk(wire, "{}", "\"stop\"", "end");
        wire.Terminator("[DONE]");
        return wire.ToResponse("openai-chat-text", ModelProtocol.OpenAIChat);
    }

    private static void Chunk(WireWriter wire, string delta, string finishReason, string padded) => wire.Event(
        null,
        $$"""{"id":"chatcmpl-CkW7uQ2hYt0sVb9xLr4mNfE6aJdZp","object":"chat.completion.chunk","created":1760000000,"model":"gpt-5.1-2025-11-13","service_tier":"default","system_fingerprint":"fp_b1442291a8","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finishReason}}}],"obfuscation":"{{Padding(padded)}}"}""");
}
