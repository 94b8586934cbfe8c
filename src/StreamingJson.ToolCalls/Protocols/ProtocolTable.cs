using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>All protocols, in the order in which they are asked whether they know a payload: the most particular first.</summary>
internal sealed class ProtocolTable : IDisposable
{
    private readonly Protocol[] _protocols;

    public ProtocolTable() =>
        _protocols =
        [
            // What other protocols are wrapped in.
            new BedrockConverseProtocol(),
            new BedrockInvokeProtocol(this),

            new AnthropicProtocol(),
            new OpenAIRealtimeProtocol(),
            new OpenAIResponsesProtocol(),
            new OpenAIAssistantsProtocol(),
            new OpenAICompletionsProtocol(),
            new OpenAIChatProtocol(),

            new GeminiProtocol(),
            new GeminiInteractionsProtocol(),
            new GeminiLiveProtocol(),
            new CohereV2Protocol(),
            new CohereV1Protocol(),
            new OllamaProtocol(),
            new UIMessageStreamProtocol(),
            new AgUIProtocol(),
        ];

    /// <exception cref="NotSupportedException">This version does not read the protocol.</exception>
    public Protocol Get(ModelProtocol id)
    {
        foreach (Protocol protocol in _protocols)
        {
            if (protocol.Id == id)
            {
                return protocol;
            }
        }

        throw new NotSupportedException($"This version does not read the protocol {id}.");
    }

    /// <summary>The protocol of a payload; <see langword="null"/> if none knows it.</summary>
    public Protocol? Recognize(in Frame frame, EnvelopeValue root)
    {
        foreach (Protocol protocol in _protocols)
        {
            if (protocol.Recognizes(frame, root))
            {
                return protocol;
            }
        }

        return null;
    }

    public void Reset()
    {
        foreach (Protocol protocol in _protocols)
        {
            protocol.Reset();
        }
    }
    /// <summary>Gives back what protocols hold of their own.</summary>
    public void Dispose()
    {
        foreach (Protocol protocol in _protocols)
        {
            (protocol as IDisposable)?.Dispose();
        }
    }
}
