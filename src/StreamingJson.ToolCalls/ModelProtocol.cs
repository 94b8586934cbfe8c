using System;

namespace StreamingJson.ToolCalls;

/// <summary>The dialect of one provider API. The values are stable.</summary>
public enum ModelProtocol
{
    /// <summary>Recognised from the first payload.</summary>
    Auto = 0,

    /// <summary><c>openai-chat</c>: OpenAI Chat Completions and what looks like it.</summary>
    OpenAIChat = 1,

    /// <summary><c>openai-responses</c>: OpenAI Responses.</summary>
    OpenAIResponses = 2,

    /// <summary><c>openai-realtime</c>: OpenAI Realtime, over a WebSocket.</summary>
    OpenAIRealtime = 3,

    /// <summary><c>openai-assistants</c>: OpenAI Assistants v2.</summary>
    OpenAIAssistants = 4,

    /// <summary><c>openai-completions</c>: legacy OpenAI Completions.</summary>
    OpenAICompletions = 5,

    /// <summary><c>anthropic</c>: Anthropic Messages.</summary>
    Anthropic = 10,

    /// <summary><c>gemini</c>: Gemini <c>streamGenerateContent</c>.</summary>
    Gemini = 20,

    /// <summary><c>gemini-interactions</c>: Gemini Interactions.</summary>
    GeminiInteractions = 21,

    /// <summary><c>gemini-live</c>: Gemini Live, over a WebSocket.</summary>
    GeminiLive = 22,

    /// <summary><c>bedrock-converse</c>: Amazon Bedrock ConverseStream.</summary>
    BedrockConverse = 30,

    /// <summary><c>bedrock-invoke</c>: Amazon Bedrock InvokeModelWithResponseStream.</summary>
    BedrockInvoke = 31,

    /// <summary><c>cohere-v2</c>: Cohere Chat v2.</summary>
    CohereV2 = 40,

    /// <summary><c>cohere-v1</c>: Cohere Chat v1.</summary>
    CohereV1 = 41,

    /// <summary><c>ollama</c>: Ollama <c>/api/chat</c> and <c>/api/generate</c>.</summary>
    Ollama = 50,

    /// <summary><c>ui-message-stream</c>: Vercel AI SDK UI message stream v1.</summary>
    UIMessageStream = 60,

    /// <summary><c>ag-ui</c>: AG-UI.</summary>
    AgUI = 61,
}

/// <summary>The names of the protocols, as command lines and configuration files write them.</summary>
public static class ModelProtocolNames
{
    /// <summary>The stable kebab-case name; <c>auto</c> for <see cref="ModelProtocol.Auto"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is not a protocol.</exception>
    public static string GetName(ModelProtocol protocol) => protocol switch
    {
        ModelProtocol.Auto => "auto",
        ModelProtocol.OpenAIChat => "openai-chat",
        ModelProtocol.OpenAIResponses => "openai-responses",
        ModelProtocol.OpenAIRealtime => "openai-realtime",
        ModelProtocol.OpenAIAssistants => "openai-assistants",
        ModelProtocol.OpenAICompletions => "openai-completions",
        ModelProtocol.Anthropic => "anthropic",
        ModelProtocol.Gemini => "gemini",
        ModelProtocol.GeminiInteractions => "gemini-interactions",
        ModelProtocol.GeminiLive => "gemini-live",
        ModelProtocol.BedrockConverse => "bedrock-converse",
        ModelProtocol.BedrockInvoke => "bedrock-invoke",
        ModelProtocol.CohereV2 => "cohere-v2",
        ModelProtocol.CohereV1 => "cohere-v1",
        ModelProtocol.Ollama => "ollama",
        ModelProtocol.UIMessageStream => "ui-message-stream",
        ModelProtocol.AgUI => "ag-ui",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <summary>The protocol of a name, compared letter by letter; false if there is none.</summary>
    public static bool TryParse(string? name, out ModelProtocol protocol)
    {
        for (protocol = ModelProtocol.Auto; protocol <= ModelProtocol.AgUI; protocol++)
        {
            if (IsDefined(protocol) && string.Equals(GetName(protocol), name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        protocol = ModelProtocol.Auto;
        return false;
    }

    private static bool IsDefined(ModelProtocol protocol) => protocol is
        (>= ModelProtocol.Auto and <= ModelProtocol.OpenAICompletions) or ModelProtocol.Anthropic or
        (>= ModelProtocol.Gemini and <= ModelProtocol.GeminiLive) or ModelProtocol.BedrockConverse or ModelProtocol.BedrockInvoke or
        ModelProtocol.CohereV2 or ModelProtocol.CohereV1 or ModelProtocol.Ollama or ModelProtocol.UIMessageStream or ModelProtocol.AgUI;
}
