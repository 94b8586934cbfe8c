using System;
using System.Text.Json;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <content>What the events do to the call, one after the other, when they are read.</content>
public sealed partial class ToolCall
{
    private UnsafeReasons _doubts;
    private bool _isCumulative;
    private bool _isStopped;

    /// <summary>Whether the assembler has queued the end; the events that lead to it may not have been read yet.</summary>
    internal bool IsEndQueued { get; set; }

    /// <summary>Whether the call was refused: it is listed, ended, and takes nothing more.</summary>
    internal bool IsRefused { get; set; }

    /// <summary>Whether the arguments are free text.</summary>
    internal bool IsRaw { get; set; }

    /// <summary>Which response of a session it belongs to.</summary>
    internal long Response { get; set; }

    /// <summary>The call before it with the same index, if several are looked up by one.</summary>
    internal ToolCall? OlderOfIndex { get; set; }

    /// <summary>The call before it with the same fingerprint of its id.</summary>
    internal ToolCall? OlderOfId { get; set; }

    /// <summary>The call before it with the same fingerprint of its key.</summary>
    internal ToolCall? OlderOfKey { get; set; }

    /// <summary>How many pieces were queued; <see cref="FragmentCount"/> are those that were read.</summary>
    internal int QueuedFragments { get; set; }

    /// <summary>How many bytes were queued.</summary>
    internal long QueuedBytes { get; set; }

    /// <summary>Whether any byte was queued that is not a blank.</summary>
    internal bool HasQueuedContent { get; set; }

    /// <summary>Whether a guard stopped the stream in this call: what follows is no part of it.</summary>
    internal bool IsStopped => _isStopped;

    /// <summary>Adds to what speaks against the call.</summary>
    internal void Doubt(UnsafeReasons reasons)
    {
        if (_isStopped)
        {
            return;
        }

        _doubts |= reasons;
        if (Outcome != ToolCallOutcome.Open)
        {
            Reasons |= reasons;
        }
    }

    /// <summary>
    /// A guard stopped the stream: how much had arrived behind that depends on the chunks, so none of it is a part of the call, which takes nothing more. If it
    /// is open, no end that follows is one that the provider said.
    /// </summary>
    internal void Stop()
    {
        Doubt(UnsafeReasons.Stopped | (NameBuffer.Length == 0 ? UnsafeReasons.MissingName : UnsafeReasons.None));
        _isStopped = true;
    }

    /// <summary>Counts pieces that brought no text.</summary>
    internal void CountFragment() => FragmentCount++;

    /// <summary>Takes a piece of the arguments.</summary>
    /// <returns>What was off about it.</returns>
    internal AnomalyKind Take(ReadOnlySpan<byte> piece)
    {
        if (_isStopped)
        {
            return AnomalyKind.None;
        }

        FragmentCount++;
        int before = TextBuffer.Length;
        if (Outcome != ToolCallOutcome.Open)
        {
            TextBuffer.Append(piece);
            Outcome = ToolCallOutcome.Invalid;
            ArgumentsState = IsRaw ? ArgumentsState.Raw : ArgumentsState.Invalid;
            Doubt(UnsafeReasons.ArgumentsAfterEnd);
            return AnomalyKind.ArgumentsAfterEnd;
        }

        if (_isCumulative && piece.StartsWith(TextBuffer.Written))
        {
            piece = piece.Slice(before);
        }

        TextBuffer.Append(piece);
        if (IsRaw || Parser!.Outcome == JsonOutcome.Invalid || TryParse(piece) || before == 0)
        {
            return AnomalyKind.None;
        }

        return TakeRepetition(before);
    }

    /// <summary>Ends the call, once.</summary>
    /// <param name="reasons">What speaks against it from the side of the stream.</param>
    /// <param name="isExplicit">Whether the provider said that the call is over.</param>
    internal void End(UnsafeReasons reasons, bool isExplicit)
    {
        if (Outcome != ToolCallOutcome.Open)
        {
            return;
        }

        reasons = _isStopped ? UnsafeReasons.None : reasons;
        isExplicit = isExplicit && !_isStopped;
        JsonOutcome parsed = Parser!.Complete();
        Follower?.Follow(Parser);
        ArgumentsState = IsRaw ? ArgumentsState.Raw : IsBlank(TextUtf8) ? ArgumentsState.Empty : parsed switch
        {
            JsonOutcome.Complete => ArgumentsState.Valid,
            JsonOutcome.Truncated => ArgumentsState.Truncated,
            _ => ArgumentsState.Invalid,
        };
        reasons |= _doubts;
        reasons |= ArgumentsState switch
        {
            ArgumentsState.Truncated => UnsafeReasons.ArgumentsTruncated,
            ArgumentsState.Invalid => UnsafeReasons.ArgumentsInvalid,
            ArgumentsState.Raw => UnsafeReasons.ArgumentsRaw,
            ArgumentsState.Valid when Parser.Snapshot.RootElement.ValueKind != JsonValueKind.Object => UnsafeReasons.ArgumentsNotObject,
            _ => UnsafeReasons.None,
        };
        reasons |= ArgumentsState == ArgumentsState.Valid && Parser.Snapshot.HasRepeatedNames ? UnsafeReasons.RepeatedNames : UnsafeReasons.None;
        reasons |= Parser.Leniencies != JsonLeniencies.None ? UnsafeReasons.Repaired : UnsafeReasons.None;
        reasons |= NameBuffer.Length == 0 ? UnsafeReasons.MissingName : UnsafeReasons.None;
        reasons |= isExplicit ? UnsafeReasons.None : UnsafeReasons.NoExplicitEnd;
        Reasons = reasons;
        Outcome =
            ArgumentsState == ArgumentsState.Invalid || (reasons & UnsafeReasons.LimitExceeded) != 0 ? ToolCallOutcome.Invalid :
            ArgumentsState == ArgumentsState.Truncated || !isExplicit ? ToolCallOutcome.Truncated :
            ArgumentsState is ArgumentsState.Empty or ArgumentsState.Raw && (reasons & (UnsafeReasons.FinishReason | UnsafeReasons.ProviderRejected)) != 0 ? ToolCallOutcome.Truncated :
            ToolCallOutcome.Complete;
    }

    /// <summary>Drops what the pieces so far said; other text follows.</summary>
    internal void ForgetArguments()
    {
        if (Outcome == ToolCallOutcome.Open && !_isStopped)
        {
            ForgetText();
        }
    }

    internal static bool IsBlank(ReadOnlySpan<byte> text) => text.TrimBlanks().IsEmpty;

    private bool TryParse(ReadOnlySpan<byte> piece)
    {
        bool isValid = Parser!.TryAppend(piece);
        Follower?.Follow(Parser);
        return isValid;
    }

    // The piece made the text invalid. If it begins with all that came before, it is not the next piece but the whole once more.
    private AnomalyKind TakeRepetition(int before)
    {
        ReadOnlySpan<byte> text = TextUtf8;
        if (!text.Slice(before).StartsWith(text.Slice(0, before)))
        {
            return AnomalyKind.None;
        }

        bool isWhole = text.Length == 2 * before;
        TextBuffer.RemoveStart(before);
        Parser!.Reset();
        Follower?.Forget();
        TryParse(TextUtf8);
        _isCumulative = true;
        Doubt(UnsafeReasons.Repaired);
        return isWhole ? AnomalyKind.ArgumentsRepeated : AnomalyKind.ArgumentsCumulative;
    }

    private void ResetAssembly()
    {
        _doubts = UnsafeReasons.None;
        _isCumulative = _isStopped = false;
        IsEndQueued = false;
        IsRefused = false;
        IsRaw = false;
        Response = 0;
        OlderOfIndex = OlderOfId = OlderOfKey = null;
        QueuedFragments = 0;
        QueuedBytes = 0;
        HasQueuedContent = false;
    }
}
