using System;
using System.Collections.Generic;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// OpenAI Realtime (platform.openai.com/docs/api-reference/realtime-server-events) over a WebSocket, with the names of both the beta and today; Azure Voice
/// Live and xAI.
/// </summary>
/// <remarks>
/// A session has many responses, and each is a message. They may overlap: an event says of which it is, and the end of one ends its own calls. The transcript
/// of what is said aloud is text; what the user says is not the model's.
/// </remarks>
internal sealed class OpenAIRealtimeProtocol : OpenAIEventProtocol, IDisposable
{
    // Responses of which an item was seen, by number; 0 for those whose events do not say of which they are.
    private readonly HashSet<long> _withItems = new();
    private readonly KeyNumbers _responses = new();
    private long _response;

    public override ModelProtocol Id => ModelProtocol.OpenAIRealtime;

    protected override bool HasItems
    {
        get => _withItems.Contains(_response) || _withItems.Contains(0);
        set => _ = value ? _withItems.Add(_response) : _withItems.Remove(_response);
    }

    // Every event has an id of its own; those of Responses have none.
    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.StartsWith("session."u8) || type.StartsWith("conversation."u8) || type.StartsWith("input_audio_buffer."u8) ||
            type.Is("rate_limits.updated"u8) || (type.StartsWith("response."u8) && (root["event_id"u8].HasValue || root["response_id"u8].HasValue));
    }

    public override void Reset()
    {
        _withItems.Clear();
        _responses.Clear();
        _response = 0;
    }

    public void Dispose() => _responses.Dispose();

    protected override void ReadEvent(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue id = root["response"u8]["id"u8];
        message.Response = _response = _responses.Get(root["response_id"u8].IsText ? root["response_id"u8] : id);
        if (name.SequenceEqual("created"u8) && message.HasFinished && message.IsOtherMessage(id))
        {
            message.NextMessage(id, default, isUsual: true);
            _withItems.Remove(0);
        }
        else if (!message.HasFinished)
        {
            message.StartMessage(id, default);
        }

        base.ReadEvent(name, root, message);
    }

    protected override void ReadResponse(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message)
    {
        if (!name.SequenceEqual("done"u8))
        {
            return;
        }

        EnvelopeValue response = root["response"u8];
        EnvelopeValue error = response["status_details"u8]["error"u8];
        if (error.HasValue)
        {
            message.AddError(error);
        }

        ReadOutput(response["output"u8], message);
        ReadUsage(response["usage"u8], message);
        message.Finish(0, response["status"u8].IsText ? response["status"u8].Raw : "completed"u8);
    }

    // xAI gives every item the output index 0, and responses may overlap: the item's id tells them apart.
    protected override long PartOf(EnvelopeValue itemId, long part) => unchecked((Fingerprint.Of(itemId.IsString ? itemId.Raw : default) * 31) + part);

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["input_tokens"u8].AsInt64(),
                usage["output_tokens"u8].AsInt64(),
                usage["total_tokens"u8].AsInt64(),
                usage["input_token_details"u8]["cached_tokens"u8].AsInt64(),
                usage["output_token_details"u8]["reasoning_tokens"u8].AsInt64()));
        }
    }
}
