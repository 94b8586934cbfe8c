using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Tool calls: begin, arguments, end.</content>
internal sealed partial class MessageAssembler
{
    private readonly StreamingJsonOptions _parserOptions;
    private readonly List<ToolCall> _calls = new();
    private readonly Stack<ToolCall> _freeCalls = new();
    private readonly CallLookup _lookup = new();

    // In the order in which they began.
    private readonly List<ToolCall> _openCalls = new();
    private int _firstCall;

    /// <summary>How many calls of a choice began.</summary>
    public int CountCalls(long choice) => IsChoice(choice) ? _lookup.Count((int)choice) : 0;

    /// <summary>The newest call with an index, open or ended.</summary>
    public ToolCall? FindCall(long choice, long index)
    {
        ToolCall? call = IsChoice(choice) ? _lookup.FindByIndex((int)choice, index) : null;
        while (call is not null && !IsSameResponse(call.Response, Response))
        {
            call = call.OlderOfIndex;
        }

        return call;
    }

    /// <summary>The newest call with an id (as the protocol gave it to <see cref="StartCall"/>, unescaped), open or ended.</summary>
    public ToolCall? FindCallById(long choice, ReadOnlySpan<byte> id) => IsChoice(choice) && !id.IsEmpty ? _lookup.FindById((int)choice, id) : null;

    /// <summary>The newest call with a second identity (<see cref="SetKey"/>), open or ended.</summary>
    public ToolCall? FindCallByKey(ReadOnlySpan<byte> key) => key.IsEmpty ? null : _lookup.FindByKey(key);

    /// <summary>The newest call of a choice, open or ended.</summary>
    public ToolCall? FindLastCall(long choice) => IsChoice(choice) ? _lookup.FindLast((int)choice) : null;

    /// <summary>Gives a call its second identity, or another one.</summary>
    public void SetKey(ToolCall call, ReadOnlySpan<byte> key)
    {
        if (call.KeyBuffer.Written.SequenceEqual(key))
        {
            return;
        }

        bool isKnown = call.KeyBuffer.Length > 0;
        call.KeyBuffer.Set(key);
        if (isKnown)
        {
            LookUpFrom(_firstCall);
        }
        else
        {
            _lookup.AddKey(call);
        }
    }

    /// <summary>A call begins.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="index">The provider's index, or <see cref="NoIndex"/>.</param>
    /// <param name="id">The id that the result goes back with, if it is known.</param>
    /// <param name="name">The name of the tool, if it is known.</param>
    /// <param name="isRaw">Whether its input is free text and not JSON.</param>
    /// <returns>The call; it may have been refused already (beyond a limit), and then takes nothing. <see langword="null"/>: too many items even to list it.</returns>
    public ToolCall? StartCall(long choice, long index, EnvelopeValue id, EnvelopeValue name, bool isRaw = false)
    {
        if (!TryGetChoice(choice, out int number))
        {
            return null;
        }

        if (_texts.Count + _calls.Count >= _limits.MaxItems)
        {
            Report(AnomalyKind.LimitExceeded, detail: "items");
            return null;
        }

        ToolCall call = _freeCalls.Count > 0 ? _freeCalls.Pop() : new ToolCall(new StreamingJsonParser(_parserOptions));
        call.Reset();
        call.Kind = MessageItemKind.ToolCall;
        call.Choice = number;
        call.Index = index;
        call.IsRaw = isRaw;
        call.Response = Response;
        _calls.Add(call);
        _openCalls.Add(call);
        _lookup.Add(call);
        _lastOfChoice[number] = call;
        _queue.Enqueue(new ModelEvent(ModelEventKind.ToolCallStarted, call));
        ToolCall? sameId = FindById(choice, id);
        bool fits = SetId(call, id) & AppendName(call, name);
        if (sameId is not null)
        {
            // Nobody knows which of the two a result would be sent back to.
            sameId.Doubt(UnsafeReasons.IdentityDoubt);
            call.Doubt(UnsafeReasons.IdentityDoubt);
            Report(AnomalyKind.DuplicateId, call);
        }

        if (GetFinish(choice, Response) != FinishReason.None)
        {
            call.Doubt(UnsafeReasons.AfterFinish);
            Report(AnomalyKind.CallAfterFinish, call);
        }

        if (index < NoIndex || index > _lookup.HighestIndex(number) + _limits.MaxIndexJump)
        {
            Report(AnomalyKind.IndexJump, call);
            Refuse(call, "index");
        }
        else if (_openCalls.Count > _limits.MaxOpenCalls)
        {
            Refuse(call, "open calls");
        }
        else if (!fits)
        {
            Refuse(call, "name");
        }
        else
        {
            _lookup.NoteIndex(call);
        }

        return call;
    }

    /// <summary>The arguments are another text than the pieces so far, which were put in the wrong order (path patches): it takes their place.</summary>
    public void ReplaceArguments(ToolCall call, ReadOnlySpan<byte> json)
    {
        if (call.IsRefused || call.IsEndQueued)
        {
            return;
        }

        Report(AnomalyKind.ArgumentsReordered, call);
        call.Doubt(UnsafeReasons.Repaired);
        call.QueuedBytes = 0;
        _queue.Enqueue(new ModelEvent(ForgetArgumentsKind, call));
        AppendArguments(call, json);
    }

    /// <summary>
    /// The whole arguments, as the provider repeats them at the end, and behind it: they count if no piece came before and the call is open, and are an
    /// anomaly if they differ.
    /// </summary>
    public void ConfirmArguments(ToolCall call, EnvelopeValue arguments)
    {
        if (!arguments.HasValue || call.IsRefused)
        {
            return;
        }

        if (call.QueuedBytes == 0 && !call.IsEndQueued)
        {
            AppendArguments(call, arguments);
        }
        else
        {
            int start = arguments.IsString ? PutScratch(arguments.Raw) : PutValue(arguments);
            QueueConfirm(call, start, isValue: !arguments.IsString);
        }
    }

    /// <summary>As <see cref="ConfirmArguments"/>, for a protocol that gives them as a value, which a string is too.</summary>
    public void ConfirmValue(ToolCall call, EnvelopeValue value)
    {
        if (!value.HasValue || call.IsRefused)
        {
            return;
        }

        if (call.QueuedBytes == 0 && !call.IsEndQueued)
        {
            AppendValue(call, value);
        }
        else
        {
            QueueConfirm(call, PutValue(value), isValue: true);
        }
    }

    private void QueueConfirm(ToolCall call, int start, bool isValue) =>
        _queue.Enqueue(new ModelEvent(ConfirmArgumentsKind, call, start: start, length: _scratch.Length - start, code: isValue ? 1 : 0));

    /// <summary>
    /// The provider said that the call is over. Where its arguments are blank and no finish reason is known, the call stays open until one is: only
    /// that tells "no arguments" from "cut before the first".
    /// </summary>
    public void EndCall(ToolCall call, UnsafeReasons reasons = UnsafeReasons.None)
    {
        if (call.IsEndQueued)
        {
            return;
        }

        FinishReason finish = GetFinish(call.Choice, call.Response);
        if (!call.HasQueuedContent && finish == FinishReason.None && reasons == UnsafeReasons.None)
        {
            return;
        }

        reasons |= finish == FinishReason.None || FinishReasons.IsGood(finish) ? UnsafeReasons.None : UnsafeReasons.FinishReason;
        QueueEnd(call, reasons, isExplicit: true);
    }

    /// <summary>All open calls of a choice (-1: of all) and of the response of the payload end.</summary>
    private void EndCalls(int choice, UnsafeReasons reasons, bool isExplicit)
    {
        for (int i = 0; i < _openCalls.Count;)
        {
            ToolCall call = _openCalls[i];
            if ((choice < 0 || call.Choice == choice) && IsSameResponse(call.Response, Response))
            {
                QueueEnd(call, reasons, isExplicit);
            }
            else
            {
                i++;
            }
        }
    }

    // A piece may have been lost, or may belong to any of them (-1: of all choices).
    private void DoubtOpenCalls(int choice, UnsafeReasons reasons)
    {
        foreach (ToolCall call in _openCalls)
        {
            if (choice < 0 || call.Choice == choice)
            {
                call.Doubt(reasons);
            }
        }
    }

    private void QueueEnd(ToolCall call, UnsafeReasons reasons, bool isExplicit)
    {
        FlushPending(call);
        if (!call.IsEndQueued)
        {
            call.IsEndQueued = true;
            _openCalls.Remove(call);
            reasons |= _hasError ? UnsafeReasons.StreamError : UnsafeReasons.None;
            _queue.Enqueue(new ModelEvent(ModelEventKind.ToolCallEnded, call, start: isExplicit ? 1 : 0, code: (int)reasons));
        }
    }

    // Beyond a limit: that call is over, and nothing else.
    private void Refuse(ToolCall call, string what)
    {
        Report(AnomalyKind.LimitExceeded, call, what);
        call.Doubt(UnsafeReasons.LimitExceeded);
        call.PendingHigh = '\0';
        call.IsRefused = true;
        QueueEnd(call, UnsafeReasons.LimitExceeded, isExplicit: false);
    }

    // Those before are of other messages.
    private void LookUpFrom(int first)
    {
        _firstCall = first;
        _lookup.Clear();
        for (int i = first; i < _calls.Count; i++)
        {
            _lookup.Add(_calls[i]);
            if (!_calls[i].IsRefused)
            {
                _lookup.NoteIndex(_calls[i]);
            }
        }
    }

    private void ResetCalls()
    {
        foreach (ToolCall call in _calls)
        {
            _freeCalls.Push(call);
        }

        _calls.Clear();
        _openCalls.Clear();
        LookUpFrom(0);
        _lastPiece = null;
    }

    private void ReleaseItems()
    {
        foreach (ToolCall call in _freeCalls)
        {
            call.Release();
        }

        foreach (MessageItem text in _freeTexts)
        {
            text.Release();
        }

        _freeCalls.Clear();
        _freeTexts.Clear();
    }
}
