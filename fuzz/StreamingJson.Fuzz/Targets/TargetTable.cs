using System.Collections.Generic;
using System.Linq;
using StreamingJson.Framing;
using StreamingJson.Fuzz.Targets.Protocols;
using StreamingJson.ToolCalls;

namespace StreamingJson.Fuzz.Targets;

/// <summary>All targets. A new one is a file of its own and a line here; its seeds are in <c>fuzz/corpus/NAME</c>.</summary>
internal static class TargetTable
{
    private static readonly FuzzTarget[] All =
    [
        new JsonChunkingTarget(),
        new JsonSnapshotsTarget(),
        new JsonViablePrefixTarget(),
        new JsonEventsTarget(),
        new JsonHandlerFaultsTarget(),
        new JsonPoolFaultsTarget(),
        new JsonSourceFaultsTarget(),
        new JsonPathsTarget(),
        new JsonPatchesTarget(),
        new JsonPartialsTarget(),
        new ServerSentEventsTarget(),
        new EventStreamTarget(),
        new NdJsonTarget(),
        new JsonArrayTarget(),
        new ProtocolTarget(ModelProtocol.OpenAIChat, FrameFormat.ServerSentEvents, new ChatReading()),
        new ProtocolTarget(ModelProtocol.OpenAIResponses, FrameFormat.ServerSentEvents, new ResponsesReading()),
        new ProtocolTarget(ModelProtocol.OpenAIRealtime, FrameFormat.Message, new RealtimeReading()),
        new ProtocolTarget(ModelProtocol.OpenAIAssistants, FrameFormat.ServerSentEvents, new AssistantsReading()),
        new ProtocolTarget(ModelProtocol.OpenAICompletions, FrameFormat.ServerSentEvents, new CompletionsReading()),
        new ProtocolTarget(ModelProtocol.Anthropic, FrameFormat.ServerSentEvents, new AnthropicReading()),
        new ProtocolTarget(ModelProtocol.Gemini, FrameFormat.ServerSentEvents, new GeminiReading()),
        new ProtocolTarget(ModelProtocol.GeminiInteractions, FrameFormat.ServerSentEvents, new GeminiInteractionsReading()),
        new ProtocolTarget(ModelProtocol.GeminiLive, FrameFormat.Message, new GeminiLiveReading()),
        new ProtocolTarget(ModelProtocol.BedrockConverse, FrameFormat.AwsEventStream, new BedrockConverseReading()),
        new ProtocolTarget(ModelProtocol.BedrockInvoke, FrameFormat.AwsEventStream, new BedrockInvokeReading()),
        new ProtocolTarget(ModelProtocol.CohereV2, FrameFormat.ServerSentEvents, new CohereReading()),
        new ProtocolTarget(ModelProtocol.CohereV1, FrameFormat.NdJson, new CohereV1Reading()),
        new ProtocolTarget(ModelProtocol.Ollama, FrameFormat.NdJson, new OllamaReading()),
        new ProtocolTarget(ModelProtocol.UIMessageStream, FrameFormat.ServerSentEvents, new UIMessageReading()),
        new ProtocolTarget(ModelProtocol.AgUI, FrameFormat.ServerSentEvents, new AgUIReading()),
        new ProtocolTarget(ModelProtocol.Auto, framing: null),
        .. SelfTestTarget.All,
    ];

    /// <summary>Those that test the libraries.</summary>
    public static IReadOnlyList<FuzzTarget> Listed { get; } = [.. All.Where(target => !target.IsOfSelfTest)];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
