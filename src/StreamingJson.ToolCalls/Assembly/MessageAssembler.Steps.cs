namespace StreamingJson.ToolCalls.Assembly;

/// <content>Steps that a provider may take back.</content>
internal sealed partial class MessageAssembler
{
    private int _stepCalls;
    private int _stepTexts;

    /// <summary>What follows may be taken back.</summary>
    public void BeginStep()
    {
        _stepCalls = _calls.Count;
        _stepTexts = _texts.Count;
    }

    /// <summary>All since <see cref="BeginStep"/> is taken back: the items leave the message, and no call of them is safe, ended or not.</summary>
    public void DropStep()
    {
        for (int i = _stepCalls; i < _calls.Count; i++)
        {
            _calls[i].Doubt(UnsafeReasons.ProviderRejected);
            QueueEnd(_calls[i], UnsafeReasons.ProviderRejected, isExplicit: true);
            _queue.Enqueue(new ModelEvent(DropItemKind, _calls[i]));
        }

        for (int i = _stepTexts; i < _texts.Count; i++)
        {
            _texts[i].PendingHigh = '\0';
            _queue.Enqueue(new ModelEvent(DropItemKind, _texts[i]));
        }

        if (_stepCalls < _calls.Count || _stepTexts < _texts.Count)
        {
            Report(AnomalyKind.StepDropped);
        }

        ForgetIndexes();
        BeginStep();
    }
}
