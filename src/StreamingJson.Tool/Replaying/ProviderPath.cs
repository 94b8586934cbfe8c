using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Replaying;

/// <summary>The paths of the providers' interfaces, below whatever base address a client was given.</summary>
internal static class ProviderPath
{
    private static readonly (string Ending, ModelProtocol Protocol)[] Endings =
    [
        ("/chat/completions", ModelProtocol.OpenAIChat),
        ("/responses", ModelProtocol.OpenAIResponses),
        ("/completions", ModelProtocol.OpenAICompletions),
        ("/runs", ModelProtocol.OpenAIAssistants),
        ("/messages", ModelProtocol.Anthropic),
        (":streamGenerateContent", ModelProtocol.Gemini),
        ("/interactions", ModelProtocol.GeminiInteractions),
        ("/converse-stream", ModelProtocol.BedrockConverse),
        ("/invoke-with-response-stream", ModelProtocol.BedrockInvoke),
        ("/v2/chat", ModelProtocol.CohereV2),
        ("/v1/chat", ModelProtocol.CohereV1),
        ("/api/chat", ModelProtocol.Ollama),
        ("/api/generate", ModelProtocol.Ollama),
        ("/api/chat", ModelProtocol.UIMessageStream),
        ("/agent", ModelProtocol.AgUI),
        ("/realtime", ModelProtocol.OpenAIRealtime),
        (".BidiGenerateContent", ModelProtocol.GeminiLive),
        ("/BidiGenerateContent", ModelProtocol.GeminiLive),
    ];

    /// <summary>Whose interfaces have the path, the likeliest first; of a path that nobody has, none.</summary>
    public static IEnumerable<ModelProtocol> ProtocolsOf(string path)
    {
        // More follows for Assistants (runs/{id}/submit_tool_outputs).
        string name = path.EndsWith("/submit_tool_outputs", StringComparison.Ordinal) ? "/runs" : path.TrimEnd('/');
        return Endings.Where(ending => name.EndsWith(ending.Ending, StringComparison.Ordinal)).Select(ending => ending.Protocol).Distinct();
    }

    /// <summary>A path, as the provider's own client writes it, for people who call by hand; <see langword="null"/> for nobody's. Realtime and Live are WebSockets.</summary>
    public static string? Example(ModelProtocol protocol) => protocol switch
    {
        ModelProtocol.OpenAIChat => "/v1/chat/completions",
        ModelProtocol.OpenAIResponses => "/v1/responses",
        ModelProtocol.OpenAICompletions => "/v1/completions",
        ModelProtocol.OpenAIAssistants => "/v1/threads/runs",
        ModelProtocol.Anthropic => "/v1/messages",
        ModelProtocol.Gemini => "/v1beta/models/MODEL:streamGenerateContent",
        ModelProtocol.GeminiInteractions => "/v1beta/interactions",
        ModelProtocol.BedrockConverse => "/model/MODEL/converse-stream",
        ModelProtocol.BedrockInvoke => "/model/MODEL/invoke-with-response-stream",
        ModelProtocol.CohereV2 => "/v2/chat",
        ModelProtocol.CohereV1 => "/v1/chat",
        ModelProtocol.Ollama or ModelProtocol.UIMessageStream => "/api/chat",
        ModelProtocol.AgUI => "/agent",
        ModelProtocol.OpenAIRealtime => "/v1/realtime",
        ModelProtocol.GeminiLive => "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent",
        _ => null,
    };
}
