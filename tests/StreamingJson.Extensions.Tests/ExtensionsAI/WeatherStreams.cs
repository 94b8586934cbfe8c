namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>What a model of OpenAI answers: a call of a function, and what it says when it has the result.</summary>
internal static class WeatherStreams
{
    public static byte[] Call { get; } = """
        data: {"id":"r1","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":""}}]}}]}

        data: {"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Ou"}}]}}]}

        data: {"id":"r1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"lu\"}"}}]}}]}

        data: {"id":"r1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """u8.ToArray();

    public static byte[] Answer { get; } = """
        data: {"id":"r2","choices":[{"index":0,"delta":{"role":"assistant","content":"{\"answer\":\"Rain"}}]}

        data: {"id":"r2","choices":[{"index":0,"delta":{"content":" in Oulu\"}"}}]}

        data: {"id":"r2","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: [DONE]


        """u8.ToArray();
}
