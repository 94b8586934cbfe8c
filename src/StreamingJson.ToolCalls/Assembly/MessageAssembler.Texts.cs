using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Text, reasoning and refusals.</content>
internal sealed partial class MessageAssembler
{
    private readonly List<MessageItem> _texts = new();
    private readonly Dictionary<int, MessageItem> _lastOfChoice = new();
    private readonly Dictionary<(MessageItemKind Kind, int Choice, long Index, long Part), MessageItem> _byPlace = new();

    // Of each choice the newest text that half a surrogate pair stands behind: the others hang on to it.
    private readonly Dictionary<int, MessageItem> _halves = new();
    private readonly Stack<MessageItem> _freeTexts = new();
    private int _firstText;
    private long _textBytes;
    private bool _isTextFull;

    /// <summary>
    /// More text. Without an index it goes on with the newest item of the choice if that is of the same kind, else it begins a new one; with an index it
    /// goes on with the item of that kind, index and part. Nothing happens if it is empty or no string.
    /// </summary>
    public void AppendText(MessageItemKind kind, long choice, long index, EnvelopeValue text, long part = 0)
    {
        if (text.IsText && FindText(kind, choice, index, part, create: true) is { } item)
        {
            AppendPiece(item, text);
        }
    }

    /// <summary>The item of a kind, index and part, if there is one.</summary>
    public MessageItem? FindText(MessageItemKind kind, long choice, long index, long part = 0) => FindText(kind, choice, index, part, create: false);

    private MessageItem? FindText(MessageItemKind kind, long choice, long index, long part, bool create)
    {
        if (!TryGetChoice(choice, out int number))
        {
            return null;
        }

        if (_lastOfChoice.TryGetValue(number, out MessageItem? last) && last.Kind == kind && last.Index == index && last.Part == part)
        {
            return last;
        }

        bool hasPlace = index != NoIndex || part != 0;
        return hasPlace && _byPlace.TryGetValue((kind, number, index, part), out MessageItem? text) ? text :
            create ? CreateText(kind, number, index, part) : null;
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
        _lastOfChoice[choice] = item;
        _byPlace[(kind, choice, index, part)] = item;
        return item;
    }

    // The second half of a surrogate pair is still to come.
    private void ExpectHalf(MessageItem text)
    {
        if (!text.IsHalfExpected)
        {
            _halves.TryGetValue(text.Choice, out MessageItem? older);
            text.IsHalfExpected = true;
            text.OlderHalf = older;
            _halves[text.Choice] = text;
        }
    }

    // -1: of all choices. Nothing is to come any more.
    private void FlushTexts(int choice)
    {
        if (choice >= 0)
        {
            if (_halves.TryGetValue(choice, out MessageItem? newest))
            {
                _halves.Remove(choice);
                FlushHalves(newest);
            }

            return;
        }

        foreach (MessageItem newest in _halves.Values)
        {
            FlushHalves(newest);
        }

        _halves.Clear();
    }

    private void FlushHalves(MessageItem newest)
    {
        for (MessageItem? text = newest; text is not null; text = text.OlderHalf)
        {
            text.IsHalfExpected = false;
            FlushPending(text);
        }
    }

    private void ForgetTextIndexes()
    {
        _firstText = _texts.Count;
        _lastOfChoice.Clear();
        _byPlace.Clear();
    }

    private void ResetTexts()
    {
        foreach (MessageItem text in _texts)
        {
            _freeTexts.Push(text);
        }

        _texts.Clear();
        _halves.Clear();
        ForgetTextIndexes();
        _textBytes = 0;
        _isTextFull = false;
    }
}
