using System.Buffers;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Replaying;

/// <summary>What providers send with a status of failure.</summary>
internal static class ErrorBody
{
    /// <summary>The body, JSON, in the shape of a provider.</summary>
    public static byte[] Create(ModelProtocol protocol, int status, string message)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        switch (protocol)
        {
            case ModelProtocol.Anthropic:
                writer.WriteString("type", "error");
                writer.WriteStartObject("error");
                writer.WriteString("type", AnthropicType(status));
                writer.WriteString("message", message);
                writer.WriteEndObject();
                break;
            case ModelProtocol.Gemini or ModelProtocol.GeminiInteractions:
                writer.WriteStartObject("error");
                writer.WriteNumber("code", status);
                writer.WriteString("message", message);
                writer.WriteString("status", status == 429 ? "RESOURCE_EXHAUSTED" : status < 500 ? "INVALID_ARGUMENT" : "UNAVAILABLE");
                writer.WriteEndObject();
                break;
            case ModelProtocol.BedrockConverse or ModelProtocol.BedrockInvoke or ModelProtocol.CohereV1 or ModelProtocol.CohereV2:
                writer.WriteString("message", message);
                break;
            case ModelProtocol.Ollama:
                writer.WriteString("error", message);
                break;
            default:
                writer.WriteStartObject("error");
                writer.WriteString("message", message);
                writer.WriteString("type", status < 500 ? "invalid_request_error" : "server_error");
                writer.WriteNull("param");
                writer.WriteString("code", status == 429 ? "rate_limit_exceeded" : null);
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenSpan.ToArray();
    }

    private static string AnthropicType(int status) => status switch
    {
        401 => "authentication_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        < 500 => "invalid_request_error",
        _ => "api_error",
    };
}
