using StreamingJson.ToolCalls.Envelopes;


namespace StreamingJson.ToolCalls.Assembly;

/// <content>Several messages in one stream, and items that are repeated whole.</content>
internal sealed partial class MessageAssembler
{
    /// <summary>
    /// Another message begins in the same stream: what is open ends, without having been said to be over, except the calls of other responses that are still
    /// under way; indexes, finish reasons and usage begin anew. The items stay.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="model">Its model.</param>
    /// <param name="isUsual">Whether a stream has several messages by nature (Realtime sessions). Then an error of the message before does not doubt this one.</param>
    public void NextMessage(EnvelopeValue id, EnvelopeValue model, bool isUsual)
    {
        if (!isUsual)
        {
            Report(AnomalyKind.SecondMessage);
        }

        FlushTexts(-1);
        EndCalls(-1, UnsafeReasons.None, isExplicit: false);
        ForgetTextIndexes();
        int firstOpen = FirstOpenCall();

        // Else the same call is still open, and all that is looked up has been since it began.
        if (firstOpen != _firstCall)
        {
            LookUpFrom(firstOpen);
        }

        _finishes.Clear();
        _hasError = _hasError && !isUsual;
        _isStarted = false;
        Message.Usage = default;
        Message.UsageBuffer.Clear();
        Message.SetId(default);
        Message.SetModel(default);
        StartMessage(id, model);
    }

    /// <summary>Whether an id is not that of the message so far; where one of both is missing, whether the message so far is finished.</summary>
    public bool IsOtherMessage(EnvelopeValue id) =>
        id.IsText && Message.IdBuffer.Length > 0 ? !TextEquals(Message.IdBuffer.Written, id) : HasFinished;

    /// <summary>
    /// A text that a finished item repeats: an anomaly if it differs from its pieces. Without any it counts if the item has it nowhere else: the number of a part
    /// among the pieces may be another than its place in the finished item.
    /// </summary>
    public void ConfirmPart(MessageItemKind kind, long choice, long index, EnvelopeValue text, long part)
    {
        if (!text.IsText)
        {
            return;
        }

        if (FindText(kind, choice, index, part) is { } item)
        {
            int start = PutScratch(text.Raw);
            _queue.Enqueue(new ModelEvent(ConfirmTextKind, item, start: start, length: _scratch.Length - start));
            return;
        }

        for (int i = _firstText; i < _texts.Count; i++)
        {
            MessageItem other = _texts[i];
            if (other.Kind == kind && other.Index == index && other.Choice == choice && TextEquals(other.TextUtf8, text))
            {
                return;
            }
        }

        AppendText(kind, choice, index, text, part);
    }

    // Those before it have ended. None is open unless responses overlap.
    private int FirstOpenCall()
    {
        int first = _firstCall;
        while (first < _calls.Count && _calls[first].IsEndQueued)
        {
            first++;
        }

        return first;
    }
}
