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
    private int _firstCall;
    private int _openCalls;

    /// <summary>How many calls of a choice began.</summary>
    public int CountCalls(long choice)
    {
        int count = 0;
        for (int i = _firstCall; i < _calls.Count; i++)
        {
            count += _calls[i].Choice == choice ? 1 : 0;
        }

        return count;
    }

    /// <summary>The newest call with an index, open or ended.</summary>
    public ToolCall? FindCall(long choice, long index)
    {
        for (int i = _calls.Count - 1; i >= _firstCall; i--)
        {
            if (_calls[i].Index == index && _calls[i].Choice == choice && IsSameResponse(_calls[i].Response, Response))
            {
                return _calls[i];
            }
        }

        return null;
    }

    /// <summary>The newest call with an id (as the protocol gave it to <see cref="StartCall"/>, unescaped), open or ended.</summary>
    public ToolCall? FindCallById(long choice, ReadOnlySpan<byte> id)
    {
        for (int i = _calls.Count - 1; i >= _firstCall && !id.IsEmpty; i--)
        {
            if (_calls[i].Choice == choice && _calls[i].IdUtf8.SequenceEqual(id))
            {
                return _calls[i];
            }
        }

        return null;
    }

    /// <summary>The newest call with a second identity (<see cref="ToolCall.KeyBuffer"/>, which the protocol sets), open or ended.</summary>
    public ToolCall? FindCallByKey(ReadOnlySpan<byte> key)
    {
        for (int i = _calls.Count - 1; i >= _firstCall && !key.IsEmpty; i--)
        {
            if (_calls[i].KeyBuffer.Written.SequenceEqual(key))
            {
                return _calls[i];
            }
        }

        return null;
    }

    /// <summary>The newest call of a choice, open or ended.</summary>
    public ToolCall? FindLastCall(long choice)
    {
        for (int i = _calls.Count - 1; i >= _firstCall; i--)
        {
            if (_calls[i].Choice == choice)
            {
                return _calls[i];
            }
        }

        return null;
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

        long highest = HighestIndex(number);
        ToolCall call = _freeCalls.Count > 0 ? _freeCalls.Pop() : new ToolCall(new StreamingJsonParser(_parserOptions));
        call.Reset();
        call.Kind = MessageItemKind.ToolCall;
        call.Choice = number;
        call.Index = index;
        call.IsRaw = isRaw;
        call.Response = Response;
        _calls.Add(call);
        _openCalls++;
        SetLastOfChoice(number, call);
        bool fits = SetId(call, id) & AppendName(call, name);
        _queue.Enqueue(new ModelEvent(ModelEventKind.ToolCallStarted, call));
        if (GetFinish(choice, Response) != FinishReason.None)
        {
            call.Doubt(UnsafeReasons.AfterFinish);
            Report(AnomalyKind.CallAfterFinish, call);
        }

        if (index < NoIndex || index > highest + _limits.MaxIndexJump)
        {
            Report(AnomalyKind.IndexJump, call);
            Refuse(call, "index");
        }
        else if (_openCalls > _limits.MaxOpenCalls)
        {
            Refuse(call, "open calls");
        }
        else if (!fits)
        {
            Refuse(call, "name");
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

    /// <summary>The whole arguments, as the provider repeats them at the end: they count if no piece came before, and are an anomaly if they differ.</summary>
    public void ConfirmArguments(ToolCall call, EnvelopeValue arguments)
    {
        if (!arguments.HasValue || call.IsRefused || call.IsEndQueued)
        {
            return;
        }

        if (call.QueuedBytes == 0)
        {
            AppendArguments(call, arguments);
            return;
        }

        int start = _scratch.Length;
        if (arguments.IsString)
        {
            PutScratch(arguments.Raw);
        }
        else
        {
            CompactJson.Write(arguments.Raw, _scratch);
        }

        _queue.Enqueue(new ModelEvent(ConfirmArgumentsKind, call, start: start, length: _scratch.Length - start, code: arguments.IsString ? 0 : 1));
    }

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
        for (int i = 0; i < _calls.Count && _openCalls > 0; i++)
        {
            if (!_calls[i].IsEndQueued && (choice < 0 || _calls[i].Choice == choice) && IsSameResponse(_calls[i].Response, Response))
            {
                QueueEnd(_calls[i], reasons, isExplicit);
            }
        }
    }

    // A piece may have been lost, or may belong to any of them (-1: of all choices).
    private void DoubtOpenCalls(int choice, UnsafeReasons reasons)
    {
        foreach (ToolCall call in _calls)
        {
            if (!call.IsEndQueued && (choice < 0 || call.Choice == choice))
            {
                call.Doubt(reasons);
            }
        }
    }

    // What the provider said at their end, it took back.
    private void DoubtCalls(int choice, UnsafeReasons reasons)
    {
        foreach (ToolCall call in _calls)
        {
            if (call.Choice == choice && IsSameResponse(call.Response, Response))
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
            _openCalls--;
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

    private long HighestIndex(int choice)
    {
        long highest = NoIndex;
        for (int i = _firstCall; i < _calls.Count; i++)
        {
            highest = _calls[i].Choice == choice && !_calls[i].IsRefused ? Math.Max(highest, _calls[i].Index) : highest;
        }

        return highest;
    }

    private void ResetCalls()
    {
        foreach (ToolCall call in _calls)
        {
            _freeCalls.Push(call);
        }

        _calls.Clear();
        _firstCall = 0;
        _openCalls = 0;
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
