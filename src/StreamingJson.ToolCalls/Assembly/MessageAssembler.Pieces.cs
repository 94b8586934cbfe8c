using System;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Pieces of arguments and texts.</content>
internal sealed partial class MessageAssembler
{
    private ToolCall? _lastPiece;

    // How many values of this payload were added to arguments and texts, and where the last of them stands in it, if it is a string.
    private int _pieces;
    private (int Start, int Length)? _pieceAt;

    /// <summary>A piece of the arguments: a string is JSON text, anything else but <c>null</c> is the value itself and becomes compact JSON.</summary>
    /// <param name="call">The call.</param>
    /// <param name="arguments">The string or value.</param>
    /// <param name="isObjectUsual">Whether the protocol sends objects; else one is an anomaly.</param>
    public void AppendArguments(ToolCall call, EnvelopeValue arguments, bool isObjectUsual = false)
    {
        if (!arguments.HasValue)
        {
            return;
        }

        if (arguments.IsString)
        {
            AppendPiece(call, arguments);
            return;
        }

        if (!isObjectUsual)
        {
            Report(AnomalyKind.ArgumentsAsObject, call);
        }

        AppendValue(call, arguments);
    }

    /// <summary>The whole arguments as a value, which a string is too: it is no JSON text then.</summary>
    public void AppendValue(ToolCall call, EnvelopeValue value)
    {
        if (!value.HasValue)
        {
            return;
        }

        _pieces++;
        _pieceAt = null;
        QueuePiece(call, PutValue(value));
    }

    // Compact JSON, in the scratch buffer; returns where it begins.
    private int PutValue(EnvelopeValue value)
    {
        int start = _scratch.Length;
        if (value.IsString)
        {
            _scratch.Append("\""u8);
            _scratch.Append(value.Raw);
            _scratch.Append("\""u8);
        }
        else
        {
            CompactJson.Write(value.Raw, _scratch);
        }

        return start;
    }

    // A string of the payload.
    private void AppendPiece(MessageItem item, EnvelopeValue text)
    {
        _pieces++;
        _pieceAt = (text.Start, text.Raw.Length);
        int start = _scratch.Length;
        Unescape(item, text.Raw);
        QueuePiece(item, start);
    }

    /// <summary>
    /// A piece of arguments or of a text, of a payload that brings nothing else, when every event was read: it takes effect at once. Most events of
    /// a stream are such, and the way through the queue costs more than what is done for one.
    /// </summary>
    /// <returns><see langword="false"/>: nothing came of it, or what came stands in the queue.</returns>
    public bool TryTakePiece(MessageItem item, in DeltaMatch match, ref ModelEvent value)
    {
        int start = _scratch.Length;
        bool isItsText = match.IsPlain && item.PendingHigh == 0;
        ReadOnlySpan<byte> piece = isItsText ? match.Piece : Unescape(item, match.Piece);
        if (!Accepts(item, piece))
        {
            return false;
        }

        if (!_queue.IsEmpty)
        {
            if (isItsText)
            {
                _scratch.Append(piece);
            }

            _queue.Enqueue(new ModelEvent(DeltaOf(item.Kind), item, start: start, length: piece.Length));
            return false;
        }

        return (item is ToolCall call ? TakeArguments(call, piece, ref value) : TakeText(item, piece, ref value)) && StandsFirst(value);
    }

    private static ModelEventKind DeltaOf(MessageItemKind kind) => kind switch
    {
        MessageItemKind.ToolCall => ModelEventKind.ArgumentsDelta,
        MessageItemKind.Reasoning => ModelEventKind.ReasoningDelta,
        MessageItemKind.Refusal => ModelEventKind.RefusalDelta,
        _ => ModelEventKind.TextDelta,
    };

    // As it stands between the quotes of a JSON string.
    private ReadOnlySpan<byte> Unescape(MessageItem item, ReadOnlySpan<byte> raw)
    {
        int start = _scratch.Length;
        TextOddities oddities = TextOddities.None;
        _scratch.Advance(JsonStringText.Unescape(raw, _scratch.GetSpan(JsonStringText.MaxLength(raw.Length)), ref item.PendingHigh, ref oddities));
        ReportOddities(item, oddities);
        if (item.PendingHigh != 0 && item.Kind != MessageItemKind.ToolCall)
        {
            ExpectHalf(item);
        }

        return Scratch(start, _scratch.Length - start);
    }

    // What the event brought to light stands before it.
    private bool StandsFirst(in ModelEvent value)
    {
        if (!_front.IsEmpty)
        {
            _front.Enqueue(value);
            return false;
        }

        return true;
    }

    /// <summary>A piece of the arguments that is JSON text already, UTF-8: what a protocol built itself (path patches).</summary>
    public void AppendArguments(ToolCall call, ReadOnlySpan<byte> json)
    {
        int start = _scratch.Length;
        TextOddities oddities = TextOddities.None;
        _scratch.Advance(JsonStringText.CopyValid(json, _scratch.GetSpan(JsonStringText.MaxLength(json.Length)), ref oddities));
        ReportOddities(call, oddities);
        QueuePiece(call, start);
    }

    /// <summary>The item, if all that the payload did was to add one string to the text of one, or to the arguments of a call that stays open.</summary>
    /// <param name="place">Where the inside of that string stands in the payload.</param>
    public MessageItem? FindOnlyPiece(out (int Start, int Length) place)
    {
        place = _pieceAt.GetValueOrDefault();
        bool isOne = _pieces == 1 && _pieceAt is not null && !_isTerminated && _queue.Count == 1 && _front.IsEmpty;
        return isOne && _queue.First is { Item: { } item } only && only.Kind == DeltaOf(item.Kind) && item is not (ToolCall { IsEndQueued: true } or ToolCall { IsRefused: true }) ? item : null;
    }

    // A first half of a surrogate pair whose second did not come.
    private void FlushPending(MessageItem item)
    {
        if (item.PendingHigh == 0)
        {
            return;
        }

        int start = _scratch.Length;
        TextOddities oddities = TextOddities.None;
        _scratch.Advance(JsonStringText.FlushPending(_scratch.GetSpan(JsonStringText.MaxGrowthOfStart), ref item.PendingHigh, ref oddities));
        ReportOddities(item, oddities);
        QueuePiece(item, start);
    }

    // What stands in the scratch buffer from there on.
    private void QueuePiece(MessageItem item, int start)
    {
        int length = _scratch.Length - start;
        if (Accepts(item, Scratch(start, length)))
        {
            _queue.Enqueue(new ModelEvent(DeltaOf(item.Kind), item, start: start, length: length));
        }
    }

    // Whether a piece is to be added: it is not, if it is empty, or beyond a limit.
    private bool Accepts(MessageItem item, ReadOnlySpan<byte> piece) => item is ToolCall call ? AcceptsArguments(call, piece) : AcceptsText(piece.Length);

    private bool AcceptsText(int length)
    {
        if (length == 0 || _isTextFull)
        {
            return false;
        }

        // Nothing more, however short: a text with a hole in it would be one that nobody wrote.
        if (_options.KeepText && _textBytes + length > _limits.MaxTextBytes)
        {
            _isTextFull = true;
            Report(AnomalyKind.LimitExceeded, detail: "text");
            return false;
        }

        _textBytes += length;
        return true;
    }

    private bool AcceptsArguments(ToolCall call, ReadOnlySpan<byte> piece)
    {
        if (call.IsRefused || (call.IsEndQueued && ToolCall.IsBlank(piece)))
        {
            return false;
        }

        if (++call.QueuedFragments > _limits.MaxFragments || call.QueuedBytes + piece.Length > _limits.MaxArgumentsBytes)
        {
            Refuse(call, call.QueuedFragments > _limits.MaxFragments ? "fragments" : "arguments");
            return false;
        }

        if (call == _joinedName && !ToolCall.IsBlank(piece))
        {
            call.Doubt(UnsafeReasons.IdentityDoubt);
        }

        if (_lastPiece is not null && _lastPiece != call && call.QueuedFragments > 1 && !_lastPiece.IsEndQueued && piece.Length > 0)
        {
            Report(AnomalyKind.ArgumentsInterleaved, call);
        }

        _lastPiece = call;
        if (piece.IsEmpty)
        {
            call.CountFragment();
            return false;
        }

        call.QueuedBytes += piece.Length;
        call.HasQueuedContent = call.HasQueuedContent || !ToolCall.IsBlank(piece);
        return true;
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

        if (item is ToolCall call && (oddities & (TextOddities.UnpairedSurrogate | TextOddities.InvalidUtf8)) != 0)
        {
            call.Doubt(UnsafeReasons.Repaired);
        }
    }
}
