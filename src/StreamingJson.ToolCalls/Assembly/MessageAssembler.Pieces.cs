using System;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Pieces of arguments.</content>
internal sealed partial class MessageAssembler
{
    private ToolCall? _lastPiece;

    // How many values of this payload were added to the arguments of calls, and where the last of them stands in it, if it is a string.
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

        _pieces++;
        _pieceAt = arguments.IsString ? (arguments.Start, arguments.Raw.Length) : null;
        if (arguments.IsString)
        {
            AppendPiece(call, arguments.Raw);
            return;
        }

        int start = _scratch.Length;
        CompactJson.Write(arguments.Raw, _scratch);
        if (!isObjectUsual)
        {
            Report(AnomalyKind.ArgumentsAsObject, call);
        }

        QueueArguments(call, start);
    }

    /// <summary>A piece of the arguments, as it stands between the quotes of a JSON string.</summary>
    public void AppendPiece(ToolCall call, ReadOnlySpan<byte> raw)
    {
        int start = _scratch.Length;
        Unescape(call, raw);
        QueueArguments(call, start);
    }

    /// <summary>
    /// A piece as <see cref="AppendPiece"/> adds it, of a payload that brings nothing else, when every event was read: it takes effect at once. Most events of
    /// a stream are such, and the way through the queue costs more than what is done for one.
    /// </summary>
    /// <returns><see langword="false"/>: nothing came of it, or what came stands in the queue.</returns>
    public bool TryTakePiece(ToolCall call, in DeltaMatch match, ref ModelEvent value)
    {
        int start = _scratch.Length;
        bool isItsText = match.IsPlain && call.PendingHigh == 0;
        ReadOnlySpan<byte> piece = isItsText ? match.Piece : Unescape(call, match.Piece);
        if (!Accepts(call, piece))
        {
            return false;
        }

        if (!_queue.IsEmpty)
        {
            if (isItsText)
            {
                _scratch.Append(piece);
            }

            _queue.Enqueue(new ModelEvent(ModelEventKind.ArgumentsDelta, call, start: start, length: piece.Length));
            return false;
        }

        return TakeArguments(call, piece, ref value) && StandsFirst(value);
    }

    private ReadOnlySpan<byte> Unescape(ToolCall call, ReadOnlySpan<byte> raw)
    {
        int start = _scratch.Length;
        TextOddities oddities = TextOddities.None;
        _scratch.Advance(JsonStringText.Unescape(raw, _scratch.GetSpan(JsonStringText.MaxLength(raw.Length)), ref call.PendingHigh, ref oddities));
        if (oddities != TextOddities.None)
        {
            ReportArgumentOddities(call, oddities);
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
        ReportArgumentOddities(call, oddities);
        QueueArguments(call, start);
    }

    /// <summary>The call, if all that the payload did was to add one string to the arguments of one that stays open.</summary>
    /// <param name="place">Where the inside of that string stands in the payload.</param>
    public ToolCall? FindOnlyPiece(out (int Start, int Length) place)
    {
        place = _pieceAt.GetValueOrDefault();
        bool isOne = _pieces == 1 && _pieceAt is not null && !_isTerminated && _queue.Count == 1 && _front.IsEmpty;
        return isOne && _queue.First is { Kind: ModelEventKind.ArgumentsDelta, ToolCall: { IsEndQueued: false, IsRefused: false } call } ? call : null;
    }

    private void QueueArguments(ToolCall call, int start)
    {
        int length = _scratch.Length - start;
        if (Accepts(call, Scratch(start, length)))
        {
            _queue.Enqueue(new ModelEvent(ModelEventKind.ArgumentsDelta, call, start: start, length: length));
        }
    }

    // Whether a piece is to be added: it is not, if it is empty, or beyond a limit.
    private bool Accepts(ToolCall call, ReadOnlySpan<byte> piece)
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

    private void ReportArgumentOddities(ToolCall call, TextOddities oddities)
    {
        ReportOddities(call, oddities);
        if ((oddities & (TextOddities.UnpairedSurrogate | TextOddities.InvalidUtf8)) != 0)
        {
            call.Doubt(UnsafeReasons.Repaired);
        }
    }
}
