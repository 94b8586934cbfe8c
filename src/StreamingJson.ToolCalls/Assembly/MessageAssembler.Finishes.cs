using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Finish reasons, and the calls that they speak of.</content>
internal sealed partial class MessageAssembler
{
    private readonly List<ChoiceFinish> _finishes = new();

    /// <summary>Whether any choice has a finish reason.</summary>
    public bool HasFinished => _finishes.Count > 0;

    /// <summary>A choice is finished: its open calls end, in order.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="word">The provider's own word; nothing happens if it is empty.</param>
    public void Finish(long choice, EnvelopeValue word)
    {
        if (word.IsText)
        {
            Finish(choice, word.Raw);
        }
    }

    /// <inheritdoc cref="Finish(long, EnvelopeValue)"/>
    /// <param name="choice">The choice.</param>
    /// <param name="word">The provider's own word; nothing happens if it is empty.</param>
    /// <param name="meaning">What it means, where only the protocol knows that (numbers); else it is looked up.</param>
    public void Finish(long choice, ReadOnlySpan<byte> word, FinishReason meaning = FinishReason.None)
    {
        if (!TryGetChoice(choice, out int number) || word.IsEmpty)
        {
            return;
        }

        FinishReason reason = FinishReasons.Find(word.Prefix(_limits.MaxNameBytes), out string text);
        reason = meaning == FinishReason.None ? reason : meaning;
        bool isGood = FinishReasons.IsGood(reason);
        FlushTexts(number);
        EndCalls(number, isGood ? UnsafeReasons.None : UnsafeReasons.FinishReason, isExplicit: true);
        int place = FindFinish(choice, Response);
        ChoiceFinish before = place < 0 ? default : _finishes[place];
        bool isNew = place < 0 || before.Reason != reason;
        if (place >= 0 && isNew)
        {
            Report(AnomalyKind.FinishReasonChanged);
        }

        // What was said of all responses, or of another, was not said of the calls of this one.
        bool isOfSame = place >= 0 && before.Response == Response;
        int firstToConfirm = isOfSame ? before.Confirmed : 0;
        int firstToDoubt = isOfSame ? before.Doubted : 0;
        ChoiceFinish finish = new(number, Response, reason, isGood ? _calls.Count : firstToConfirm, firstToDoubt);

        // A call that had ended before is whole where the model was only cut; what was refused, stopped or failed, or is said otherwise now, counts for all.
        if (isNew && !isGood && (place >= 0 || reason != FinishReason.Length))
        {
            DoubtCalls(number, firstToDoubt);
            finish = finish with { Doubted = _calls.Count };
        }

        if (place < 0)
        {
            _finishes.Add(finish);
        }
        else if (isNew || isOfSame)
        {
            _finishes[place] = finish;
        }

        _queue.Enqueue(new ModelEvent(ModelEventKind.Finished, null, number, start: firstToConfirm, code: (int)reason, detail: text));
    }

    private FinishReason GetFinish(long choice, long response) => FindFinish(choice, response) is >= 0 and int place ? _finishes[place].Reason : FinishReason.None;

    // -1 for none.
    private int FindFinish(long choice, long response)
    {
        int place = _finishes.Count - 1;
        while (place >= 0 && !(_finishes[place].Choice == choice && IsSameResponse(_finishes[place].Response, response)))
        {
            place--;
        }

        return place;
    }

    // What the provider said at their end, it took back: of this message.
    private void DoubtCalls(int choice, int first)
    {
        for (int i = Math.Max(first, _firstCall); i < _calls.Count; i++)
        {
            if (_calls[i].Choice == choice && IsSameResponse(_calls[i].Response, Response))
            {
                _calls[i].Doubt(UnsafeReasons.FinishReason);
            }
        }
    }

    // A provider that ends a block which the model did not finish says why only later.
    private void ReportContradicted(int choice, FinishReason reason, int first)
    {
        const UnsafeReasons Told = UnsafeReasons.FinishReason | UnsafeReasons.NoExplicitEnd | UnsafeReasons.ProviderRejected;
        for (int i = Math.Max(first, _firstCall); i < _calls.Count && FinishReasons.IsGood(reason); i++)
        {
            ToolCall call = _calls[i];
            if (call.Choice == choice && IsSameResponse(call.Response, Response) && call.ArgumentsState == ArgumentsState.Truncated && (call.Reasons & Told) == 0)
            {
                Report(ref _front, AnomalyKind.FinishReasonContradicted, call, null);
            }
        }
    }

    /// <summary>The last that was said of a choice. A provider may say it in every event: calls that it was said of are not looked at again.</summary>
    /// <param name="Choice">The choice.</param>
    /// <param name="Response">The response; 0 for any.</param>
    /// <param name="Reason">The reason.</param>
    /// <param name="Confirmed">How many calls there were when a good reason was said last.</param>
    /// <param name="Doubted">How many calls there were when all were doubted last.</param>
    private readonly record struct ChoiceFinish(int Choice, long Response, FinishReason Reason, int Confirmed, int Doubted);
}
