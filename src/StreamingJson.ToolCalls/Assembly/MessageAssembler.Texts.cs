using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Text, reasoning and refusals.</content>
internal sealed partial class MessageAssembler
{
    private readonly List<MessageItem> _texts = new();
    private readonly List<MessageItem?> _lastOfChoice = new();
    private readonly Stack<MessageItem> _freeTexts = new();
    private int _firstText;
    private long _textBytes;

    /// <summary>
    /// More text. Without an index it goes on with the newest item of the choice if that is of the same kind, else it begins a new one; with an index it
    /// goes on with the item of that kind, index and part. Nothing happens if it is empty or no string.
    /// </summary>
    public void AppendText(MessageItemKind kind, long choice, long index, EnvelopeValue text, long part = 0)
    {
        if (!text.IsText || FindText(kind, choice, index, part, create: true) is not { } item)
        {
            return;
        }

        TextOddities oddities = TextOddities.None;
        ReadOnlySpan<byte> raw = text.Raw;
        int start = _scratch.Length;
        int length = JsonStringText.Unescape(raw, _scratch.GetSpan(JsonStringText.MaxLength(raw.Length)), ref item.PendingHigh, ref oddities);
        _scratch.Advance(length);
        QueueText(item, start, length, oddities);
    }

    /// <summary>The item of a kind, index and part, if there is one.</summary>
    public MessageItem? FindText(MessageItemKind kind, long choice, long index, long part = 0) => FindText(kind, choice, index, part, create: false);

    private static ModelEventKind DeltaOf(MessageItemKind kind) => kind switch
    {
        MessageItemKind.Reasoning => ModelEventKind.ReasoningDelta,
        MessageItemKind.Refusal => ModelEventKind.RefusalDelta,
        _ => ModelEventKind.TextDelta,
    };

    private MessageItem? FindText(MessageItemKind kind, long choice, long index, long part, bool create)
    {
        if (!TryGetChoice(choice, out int number))
        {
            return null;
        }

        MessageItem? last = number < _lastOfChoice.Count ? _lastOfChoice[number] : null;
        if (last is not null && last.Kind == kind && last.Index == index && last.Part == part)
        {
            return last;
        }

        for (int i = _texts.Count - 1; (index != NoIndex || part != 0) && i >= _firstText; i--)
        {
            MessageItem text = _texts[i];
            if (text.Kind == kind && text.Choice == number && text.Index == index && text.Part == part)
            {
                return text;
            }
        }

        return create ? CreateText(kind, number, index, part) : null;
    }

    private MessageItem? CreateText(MessageItemKind kind, int choice, long index, long part)
    {
        if (_texts.Count + _calls.Count >= _limits.MaxItems)
        {
            Report(AnomalyKind.LimitExceeded, detail: "items");
            return null;
        }

        MessageItem item = _freeTexts.Count > 0 ? _freeTexts.Pop() : new MessageItem(_options.ReadTextAsJson ? new StreamingJsonParser() : null);
        item.Reset();
        item.Kind = kind;
        item.Choice = choice;
        item.Index = index;
        item.Part = part;
        _texts.Add(item);
        SetLastOfChoice(choice, item);
        return item;
    }

    private void SetLastOfChoice(int choice, MessageItem item)
    {
        while (_lastOfChoice.Count <= choice)
        {
            _lastOfChoice.Add(null);
        }

        _lastOfChoice[choice] = item;
    }

    private void QueueText(MessageItem item, int start, int length, TextOddities oddities)
    {
        ReportOddities(item, oddities);
        if (length == 0)
        {
            return;
        }

        if (_options.KeepText && _textBytes + length > _limits.MaxTextBytes)
        {
            Report(AnomalyKind.LimitExceeded, detail: "text");
            return;
        }

        _textBytes += length;
        _queue.Enqueue(new ModelEvent(DeltaOf(item.Kind), item, start: start, length: length));
    }

    // A first half of a surrogate pair whose second did not come.
    private void FlushTexts(int choice)
    {
        for (int i = _texts.Count - 1; i >= _firstText; i--)
        {
            MessageItem item = _texts[i];
            if (item.PendingHigh != 0 && (choice < 0 || item.Choice == choice))
            {
                TextOddities oddities = TextOddities.None;
                int start = _scratch.Length;
                int length = JsonStringText.FlushPending(_scratch.GetSpan(JsonStringText.MaxGrowthOfStart), ref item.PendingHigh, ref oddities);
                _scratch.Advance(length);
                QueueText(item, start, length, oddities);
            }
        }
    }

    private void ReportOddities(MessageItem item, TextOddities oddities)
    {
        if (oddities == TextOddities.None)
        {
            return;
        }

        if ((oddities & TextOddities.SplitSurrogatePair) != 0)
        {
            Report(AnomalyKind.SurrogatePairSplit, item);
        }

        if ((oddities & TextOddities.UnpairedSurrogate) != 0)
        {
            Report(AnomalyKind.SurrogateUnpaired, item);
        }

        if ((oddities & TextOddities.InvalidUtf8) != 0)
        {
            Report(AnomalyKind.InvalidUtf8, item);
        }
    }

    private void ResetTexts()
    {
        foreach (MessageItem text in _texts)
        {
            _freeTexts.Push(text);
        }

        _texts.Clear();
        _lastOfChoice.Clear();
        _firstText = 0;
        _textBytes = 0;
    }
}
