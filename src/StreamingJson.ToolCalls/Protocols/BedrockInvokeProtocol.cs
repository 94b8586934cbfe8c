using System;
using System.Buffers;
using System.Buffers.Text;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Amazon Bedrock InvokeModelWithResponseStream
/// (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html): messages <c>chunk</c>, in each, as base64, one
/// payload of the model's own API. Nova speaks like ConverseStream; Llama, Titan, Mistral, AI21 and the older Claude have formats of their own
/// (<see cref="BedrockModels"/>); for all others (Claude, Cohere, what looks like OpenAI Chat) the protocol of the payload is asked for.
/// </summary>
internal sealed class BedrockInvokeProtocol : Protocol, IDisposable
{
    private readonly ProtocolTable _protocols;
    private readonly Envelope _envelope = new();
    private readonly Utf8Buffer _base64 = new();
    private readonly Utf8Buffer _payload = new();
    private Protocol? _inner;

    /// <param name="protocols">Where the models' own protocols are.</param>
    public BedrockInvokeProtocol(ProtocolTable protocols) => _protocols = protocols;

    public override ModelProtocol Id => ModelProtocol.BedrockInvoke;

    // Without the base64 around, choices are anybody's.
    public override bool HasInnerPayloads => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) =>
        BytesOf(root).IsString || (!root["choices"u8].IsArray && !GeminiInteractionsProtocol.IsWhole(root) && BedrockModels.IsPayload(root));

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue bytes = BytesOf(root);
        if (!bytes.IsString)
        {
            ReadInner(root, message);
        }
        else if (TryDecode(bytes) && _envelope.TryRead(_payload.Written.TrimBlanks(), out EnvelopeValue inner))
        {
            ReadInner(inner, message);
        }
        else
        {
            message.Report(AnomalyKind.MalformedFrame);
        }
    }

    public override void Reset()
    {
        _inner = null;
        _base64.Clear();
        _payload.Clear();
    }

    public void Dispose()
    {
        _envelope.Dispose();
        _base64.Dispose();
        _payload.Dispose();
    }

    private static EnvelopeValue BytesOf(EnvelopeValue root) => (root["chunk"u8].IsObject ? root["chunk"u8] : root)["bytes"u8];

    private void ReadInner(EnvelopeValue root, MessageAssembler message)
    {
        if (BedrockConverseProtocol.IsEvent(default, root) || root["metadata"u8].IsObject)
        {
            BedrockConverseProtocol.Read(default, root, message, isEachDeltaABlock: true);
        }
        else if (_inner is null && BedrockModels.IsPayload(root))
        {
            BedrockModels.Read(root, message);
        }
        else
        {
            ReadProtocol(root, message);
        }

        EnvelopeValue metrics = root["amazon-bedrock-invocationMetrics"u8];
        if (metrics.IsObject && message.Message.UsageUtf8.IsEmpty)
        {
            // What every model has, where its own payloads say nothing.
            message.SetUsage(metrics, new ModelUsage(metrics["inputTokenCount"u8].AsInt64(), metrics["outputTokenCount"u8].AsInt64(), null, null, null));
        }
    }

    private void ReadProtocol(EnvelopeValue root, MessageAssembler message)
    {
        if (_inner is null)
        {
            Protocol? inner = _protocols.Recognize(default, root);
            _inner = inner == this ? null : inner;
        }

        if (_inner is not null)
        {
            _inner.Read(default, root, message);
        }
        else if (root["error"u8].HasValue)
        {
            message.AddError(root["error"u8]);
        }
        else if (!root["amazon-bedrock-invocationMetrics"u8].IsObject)
        {
            message.Report(AnomalyKind.UnrecognizedPayload);
        }
    }

    private bool TryDecode(EnvelopeValue bytes)
    {
        ReadOnlySpan<byte> text = bytes.Raw;
        if (bytes.IsEscaped)
        {
            // Some writers of JSON escape the slash.
            char pending = '\0';
            TextOddities oddities = TextOddities.None;
            _base64.Clear();
            _base64.Advance(JsonStringText.Unescape(text, _base64.GetSpan(JsonStringText.MaxLength(text.Length)), ref pending, ref oddities));
            text = _base64.Written;
        }

        _payload.Clear();
        OperationStatus status = Base64.DecodeFromUtf8(text, _payload.GetSpan(Base64.GetMaxDecodedFromUtf8Length(text.Length)), out _, out int written);
        _payload.Advance(written);
        return status == OperationStatus.Done;
    }
}
