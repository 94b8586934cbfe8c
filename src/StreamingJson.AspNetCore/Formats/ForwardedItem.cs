using System;
using System.Buffers;
using System.Collections.Generic;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>One text or call on its way to the client: what of it may leave, and what of that has not left yet.</summary>
internal sealed class ForwardedItem : IDisposable
{
    private readonly ArrayBufferWriter<byte> _pending = new(256);
    private readonly JsonRedactor? _redactor;
    private readonly StreamingJsonParser? _redacted;
    private long _taken;
    private bool _isSilenced;
    private bool _isNamed;

    /// <param name="source">The item of the message.</param>
    /// <param name="redact">The paths whose values must not leave.</param>
    /// <param name="replacement">What stands for them.</param>
    /// <param name="isJson">Whether the text is read as JSON; that of a call always is.</param>
    /// <param name="limits">What the text may be: as for the parser that reads it in the message, so that both refuse the same.</param>
    public ForwardedItem(MessageItem source, IReadOnlyList<string> redact, string? replacement, bool isJson, JsonLimits limits)
    {
        Source = source;
        if (redact.Count > 0)
        {
            _redactor = new JsonRedactor(_pending, redact, replacement, new StreamingJsonOptions { Limits = limits });

            // What the redactor passed on is within the limits, and what stands for values is the application's: it may be longer and deeper.
            _redacted = new StreamingJsonParser(StreamingJsonOptions.Trusted);
        }

        IsJson = isJson || IsRedacted || source.Kind == MessageItemKind.ToolCall;
    }

    /// <summary>The item of the message.</summary>
    public MessageItem Source { get; }

    /// <summary>The call; <see langword="null"/> for a text.</summary>
    public ToolCall? Call => Source as ToolCall;

    /// <summary>Which one of those that the client was told of, from 0; of one that is open.</summary>
    public int Number { get; set; }

    /// <summary>Which part of the text, from 0: another item may come between.</summary>
    public int Part { get; set; }

    /// <summary>Whether there is a <see cref="Snapshot"/>.</summary>
    public bool IsJson { get; }

    /// <summary>Whether there is something that must not leave.</summary>
    public bool IsRedacted => _redactor is not null;

    /// <summary>What the client calls it.</summary>
    public byte[] WireId { get; set; } = [];

    /// <summary>Whether the client knows of it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the client was told that it ends.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Of a call that ended, whether the client was told that nothing is wrong with it.</summary>
    public bool WasSafe { get; set; }

    /// <summary>Whether the client cannot be told of it yet: nobody knows which tool is called, or no guard has looked at the call with its name.</summary>
    public bool IsHeldBack => !IsOpen && Call is not null && !_isNamed;

    /// <summary>The length of the name of the tool when the client was told of the call.</summary>
    public int ToldNameLength { get; set; }

    /// <summary>What may leave and has not left, UTF-8.</summary>
    public ReadOnlySpan<byte> Pending => _pending.WrittenSpan;

    /// <summary>The JSON value so far, without what is redacted; of a text, only where the text is read as JSON.</summary>
    public JsonSnapshot Snapshot { get; private set; }

    /// <summary>Whether the provider took back arguments that had left: what the client has joined is not what they are.</summary>
    public bool IsRewritten { get; private set; }

    /// <summary>Whether less has left, of a call that is whole, than all but what is redacted.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the stream was stopped while it was open: what came last must not leave, whatever asks for all of it.</summary>
    public bool IsWithheld { get; private set; }

    /// <summary>For the writer of AG-UI: whether the client is told of the call only when it ends.</summary>
    public bool IsToldAtItsEnd { get; set; }

    /// <summary>For the writer of patches: it goes on where it was.</summary>
    public JsonPatchWriter? Patches { get; set; }

    /// <summary>For the writer of patches: all of a text, where each patch repeats it.</summary>
    public ArrayBufferWriter<byte>? Whole { get; set; }

    /// <summary>Looks whether the name of the tool is known: with an event of the call, which the guards look at first. A name has none of its own.</summary>
    public void LookAtName() => _isNamed = Call is { NameUtf8.IsEmpty: false };

    /// <summary>Takes more of the text.</summary>
    public void Take(ReadOnlySpan<byte> delta)
    {
        _taken += delta.Length;
        if (_redactor is null)
        {
            _pending.Write(delta);
            Look();
            return;
        }

        int before = _pending.WrittenCount;
        if (!_isSilenced)
        {
            Redact(delta);
            _redacted!.TryAppend(_pending.WrittenSpan[before..]);
        }

        Look();
    }

    /// <summary>No more comes.</summary>
    public void Complete()
    {
        if (IsWithheld)
        {
            return;
        }

        if (_redactor is not null)
        {
            if (Call is { } call && call.TextUtf8.Length != _taken)
            {
                TakeAnew(call);
            }

            int before = _pending.WrittenCount;
            bool isWhole = _redactor.Complete() == JsonOutcome.Complete;
            _redacted!.TryAppend(_pending.WrittenSpan[before..]);
            isWhole &= _redacted.Complete() == JsonOutcome.Complete;
            IsCut = !isWhole && Call is { ArgumentsState: ArgumentsState.Valid };
        }
        else
        {
            IsRewritten = Call is { } call && call.TextUtf8.Length != _taken;
        }

        Look();
    }

    /// <summary>Drops what has not left; nothing leaves from now on.</summary>
    public void Withhold()
    {
        IsWithheld = true;
        ClearPending();
    }

    /// <summary>Everything that was pending has left, or is dropped.</summary>
    public void ClearPending() => _pending.ResetWrittenCount();

    public void Dispose()
    {
        _redactor?.Dispose();
        _redacted?.Dispose();
        Patches?.Dispose();
    }

    private void Redact(ReadOnlySpan<byte> delta)
    {
        try
        {
            _redactor!.Append(delta);
        }
        catch (StreamingJsonException)
        {
            // Where the text is not JSON nobody knows what a value is: nothing more leaves.
            _isSilenced = true;
        }
    }

    private void TakeAnew(ToolCall call)
    {
        IsRewritten = true;
        _isSilenced = false;
        ClearPending();
        _redactor!.Reset();
        _redacted!.Reset();
        Redact(call.TextUtf8);
        _redacted.TryAppend(_pending.WrittenSpan);
    }

    private void Look()
    {
        if (IsJson)
        {
            Snapshot = _redacted?.Snapshot ?? Call?.Snapshot ?? Source.TextSnapshot;
        }
    }
}
