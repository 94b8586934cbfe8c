using System;
using System.Collections.Generic;
using StreamingJson.AspNetCore.Formats;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Forwarding;

/// <summary>
/// Turns the events of a model into what a format is told: in order, each text and call begun before it grows and ended after, nothing that is redacted, and
/// nothing after a guard said stop. Of several alternative answers it is the one that was asked for, or all where the format has a place for them.
/// </summary>
internal sealed class AnswerWriter(ModelForwardOptions options, FormatWriter format, ModelStream stream) : IDisposable
{
    private readonly Dictionary<MessageItem, ForwardedItem> _items = [];
    private readonly List<ForwardedItem> _openTexts = [];

    // Those of which something is held back: one, or several where they may grow in turns.
    private readonly List<ForwardedItem> _growing = [];
    private readonly int? _choice = options.Choice ?? (format.IsInterleaved ? null : 0);
    private readonly JsonLimits _argumentsLimits = new() { MaxDocumentBytes = Math.Max(1, stream.Reader.Options.Limits.MaxArgumentsBytes) };
    private ForwardedItem? _newest;
    private int _opened;
    private bool _isStarted;
    private bool _isStopped;

    /// <summary>How many bytes of deltas are held back.</summary>
    public int PendingBytes
    {
        get
        {
            int bytes = 0;
            foreach (ForwardedItem item in _growing)
            {
                bytes += item.IsHeldBack ? 0 : item.Pending.Length;
            }

            return bytes;
        }
    }

    /// <summary>Whether anything was told.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>Whether the provider said of all that is forwarded why it ended.</summary>
    public bool IsFinished
    {
        get
        {
            foreach (MessageItem item in _items.Keys)
            {
                if (ReasonOf(item.Choice) == FinishReason.None)
                {
                    return false;
                }
            }

            return ReasonOf(_choice ?? 0) != FinishReason.None;
        }
    }

    /// <summary>Takes an event. With a pace, deltas are held back until <see cref="Flush"/>.</summary>
    public void Take(in ModelEvent next)
    {
        if (!_isStopped && stream.Stop is not null)
        {
            Stop();
        }

        if (next.Item is not { } item || item.Choice != (_choice ?? item.Choice) || (item.Kind == MessageItemKind.Reasoning && !options.IncludeReasoning))
        {
            return;
        }

        switch (next.Kind)
        {
            case ModelEventKind.TextDelta or ModelEventKind.RefusalDelta or ModelEventKind.ReasoningDelta or ModelEventKind.ArgumentsDelta:
                Grow(LookAt(item), next.TextUtf8);
                break;
            case ModelEventKind.ToolCallStarted:
                Begin(LookAt(item));
                break;
            case ModelEventKind.ToolCallEnded:
                End(LookAt(item));
                break;
        }
    }

    /// <summary>Tells what is held back.</summary>
    public void Flush()
    {
        foreach (ForwardedItem item in _growing)
        {
            if (!item.Pending.IsEmpty && TryOpen(item))
            {
                format.Grow(item);
                item.ClearPending();
            }
        }

        _growing.Clear();
    }

    /// <summary>Tells the end.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="description">For the client's eyes, unless it ended well.</param>
    public void Finish(ForwardOutcome outcome, string description)
    {
        foreach (ForwardedItem item in _items.Values)
        {
            if (item.Call is null && item.IsRedacted)
            {
                Flush();
                item.Complete();
                _growing.Add(item);
            }
        }

        Flush();
        EnsureStarted();
        EndTexts();
        foreach (ForwardedItem item in _items.Values)
        {
            if (item.IsEnded)
            {
                TellVerdict(item);
            }
        }

        if (outcome == ForwardOutcome.Complete)
        {
            format.Finish(ReasonOf(_choice ?? 0));
        }
        else
        {
            format.Fail(outcome, description);
        }
    }

    public void Dispose()
    {
        foreach (ForwardedItem item in _items.Values)
        {
            item.Dispose();
        }
    }

    private FinishReason ReasonOf(int choice) => stream.Message.GetFinishReason(choice, out _);

    private ForwardedItem ItemOf(MessageItem source)
    {
        if (_newest?.Source == source)
        {
            return _newest;
        }

        if (!_items.TryGetValue(source, out ForwardedItem? item))
        {
            bool isCall = source.Kind == MessageItemKind.ToolCall;
            bool isText = source.Kind == MessageItemKind.Text;
            IReadOnlyList<string> redact = isCall ? options.RedactArguments : isText ? options.RedactText : [];
            JsonLimits limits = isCall ? _argumentsLimits : JsonLimits.Default;
            item = new ForwardedItem(source, redact, options.Replacement, isText && stream.Reader.Options.ReadTextAsJson, limits);
            _items.Add(source, item);
        }

        return _newest = item;
    }

    private ForwardedItem LookAt(MessageItem source)
    {
        ForwardedItem item = ItemOf(source);
        item.LookAtName();
        return item;
    }

    private void Begin(ForwardedItem call)
    {
        if (!_isStopped && !format.WaitsForArguments)
        {
            Flush();
            TryOpen(call);
        }
    }

    private void Grow(ForwardedItem item, ReadOnlySpan<byte> delta)
    {
        if (_isStopped)
        {
            return;
        }

        if (item.IsEnded)
        {
            // More arguments after the end are no part of the call that was told.
            TellVerdict(item);
            return;
        }

        if (!_growing.Contains(item))
        {
            if (!format.IsInterleaved)
            {
                Flush();
            }

            _growing.Add(item);
        }

        item.Take(delta);
        if (options.Pace is null)
        {
            Flush();
        }
    }

    private void End(ForwardedItem call)
    {
        Flush();
        bool wasOpen = call.IsOpen;
        if (!wasOpen && _isStopped)
        {
            return;
        }

        Open(call);
        call.Complete();
        if (!call.Pending.IsEmpty)
        {
            format.Grow(call);
            call.ClearPending();
        }

        TellVerdict(call);
        call.IsEnded = true;
    }

    // It may be taken back that a call is safe, by more arguments, a cancellation, another finish reason, or a guard: its arguments stay readable until the answer ends.
    private void TellVerdict(ForwardedItem call)
    {
        bool isSafe = CallInput.IsSound(call);
        if (!call.IsEnded || call.WasSafe != isSafe)
        {
            call.WasSafe = isSafe;
            format.End(call);
        }
    }

    // A call of which nobody knows the name yet waits for it.
    private bool TryOpen(ForwardedItem item)
    {
        if (item.IsHeldBack)
        {
            return false;
        }

        Open(item);
        return true;
    }

    private void Open(ForwardedItem item)
    {
        if (item.IsOpen)
        {
            return;
        }

        EnsureStarted();
        EndTexts();
        item.IsOpen = true;
        item.Number = item.Part == 0 ? _opened++ : item.Number;
        item.ToldNameLength = item.Call?.NameUtf8.Length ?? 0;
        format.Begin(item);
        if (item.Call is null)
        {
            _openTexts.Add(item);
        }
    }

    private void EndTexts()
    {
        foreach (ForwardedItem text in _openTexts)
        {
            format.End(text);
            text.IsOpen = false;
            text.Part++;
        }

        _openTexts.Clear();
    }

    private void EnsureStarted()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            format.Start(stream.Message);
        }
    }

    private void Stop()
    {
        _isStopped = true;
        _growing.Clear();
        foreach (ForwardedItem item in _items.Values)
        {
            if (!item.IsEnded)
            {
                item.Withhold();
            }
        }
    }
}
