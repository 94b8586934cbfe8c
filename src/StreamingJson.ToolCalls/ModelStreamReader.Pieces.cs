using System;
using System.Runtime.CompilerServices;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Protocols;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <content>The next payload: compared with the one before, or read.</content>
public sealed partial class ModelStreamReader
{
    private readonly DeltaTemplate _delta = new();

    /// <summary>Whether payloads that are like the one before are read all the same: what a test compares with.</summary>
    internal bool IsEveryPayloadRead { get; init; }

    /// <summary>Whether the next payload is compared with the one before.</summary>
    internal bool IsComparing => _delta.IsConfirmed;

    // Reads the next payload; false when there is none. Its events are queued, but for the one that may be there at once.
    private bool TryReadPayload(ref ModelEvent modelEvent, ref bool isThere)
    {
        if (_frames is null && (!_isCompleted || !TryStartFrames(isAll: true)))
        {
            return false;
        }

        if (_isCompleted && !_frames!.IsCompleted)
        {
            _frames.Complete();
        }

        if (_delta.IsConfirmed && _frames!.TryPeek(out ReadOnlySpan<byte> unread, out long offset))
        {
            if (_delta.MatchFrame(unread, out DeltaMatch match) is { } item)
            {
                _frames.Take(offset, match.Length);
                BeginPayload(offset);
                isThere = TryTakePiece(item, match, ref modelEvent);
                return true;
            }

            if (match.IsCut && _frames.TryWait(offset))
            {
                return false;
            }
        }

        return TryReadFrame(ref modelEvent, ref isThere);
    }

    // Apart from the few lines above, which nearly every frame of a stream takes, and whose locals are few.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadFrame(ref ModelEvent modelEvent, ref bool isThere)
    {
        if (_frames!.TryRead(out Frame frame))
        {
            BeginPayload(frame.StartOffset);
            isThere = TryReadPiece(frame, ref modelEvent);
            return true;
        }

        if (_frames.Error is null && !_isCompleted)
        {
            return false;
        }

        BeginPayload(_frames.Error?.Offset ?? _frames.BytesReceived);
        End();
        return true;
    }

    private bool TryReadPiece(in Frame frame, ref ModelEvent modelEvent)
    {
        if (frame.Flags == FrameFlags.None && _delta.MatchPayload(frame, frame.Data.TrimBlanks(), out DeltaMatch match) is { } item)
        {
            return TryTakePiece(item, match, ref modelEvent);
        }

        Read(frame);
        return false;
    }

    // ReadLoose is not needed: it ran when the template was learned.
    private bool TryTakePiece(MessageItem item, in DeltaMatch match, ref ModelEvent modelEvent)
    {
        if (match.SequenceNumber != DeltaMatch.NoNumber)
        {
            _protocol!.ReadSequenceNumber(match.SequenceNumber, _assembler);
        }

        return _assembler.TryTakePiece(item, match, ref modelEvent);
    }
}
