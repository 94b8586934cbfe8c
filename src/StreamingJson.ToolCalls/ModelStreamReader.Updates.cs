using System;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls;

/// <content>Payloads that come as an SDK's typed updates and not as bytes.</content>
public sealed partial class ModelStreamReader
{
    private ModelPayload? _payload;
    private bool _isGivenUpdates;

    /// <summary>
    /// Begins a payload that is not read from bytes: for adapters of SDKs, which write what a typed update says in the shape that its provider documents.
    /// The protocol is to be given in the options, or is recognised from the first payload.
    /// </summary>
    /// <returns>What to write to; <see cref="EndPayload"/> reads it.</returns>
    /// <exception cref="InvalidOperationException">After <see cref="Complete"/>; or events were left unread: call <see cref="TryRead"/> until it says <see langword="false"/>.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public ModelPayload StartPayload()
    {
        ThrowIfCannotAppend();
        ThrowIfUnread();
        _assembler.Recorder?.TakeUpdate();
        _isGivenUpdates = true;
        _payload ??= new ModelPayload();
        _payload.Clear();
        return _payload;
    }

    /// <summary>Reads the payload that was written. Call <see cref="TryRead"/> until it says <see langword="false"/>.</summary>
    /// <exception cref="InvalidOperationException">No whole payload was written since <see cref="StartPayload"/>.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void EndPayload()
    {
        ThrowIfCannotAppend();
        if (_payload is not { Root.IsObject: true } payload)
        {
            throw new InvalidOperationException("No whole payload was written.");
        }

        _delta.Clear();
        _assembler.BeginPayload();
        Read(default, payload.Root);
        payload.Clear();
    }

    /// <summary>Reads a payload that is there as bytes, without framing: for adapters of SDKs that keep the JSON of their updates.</summary>
    /// <param name="utf8Json">One whole JSON text. It is not needed afterwards.</param>
    /// <exception cref="InvalidOperationException">After <see cref="Complete"/>; or events were left unread: call <see cref="TryRead"/> until it says <see langword="false"/>.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void AppendPayload(ReadOnlySpan<byte> utf8Json)
    {
        ThrowIfCannotAppend();
        ThrowIfUnread();
        _assembler.Recorder?.TakeUpdate();
        _delta.Clear();
        _assembler.BeginPayload();
        if (_envelope.TryRead(utf8Json, out EnvelopeValue root))
        {
            Read(default, root);
        }
        else
        {
            _assembler.Report(AnomalyKind.MalformedFrame);
        }
    }

    private void ThrowIfUnread()
    {
        if (!_assembler.IsEmpty)
        {
            throw new InvalidOperationException("Events were left unread: call TryRead until it returns false.");
        }
    }
}
