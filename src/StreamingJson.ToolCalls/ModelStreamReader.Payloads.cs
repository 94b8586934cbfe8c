using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Protocols;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <content>From bytes to payloads: framing, recognition, and what is no payload.</content>
public sealed partial class ModelStreamReader
{
    // The most lines that are no events and may yet turn out to be a JSON text.
    private const int MaxLooseBytes = 64 * 1024;

    private readonly FrameReader?[] _frameReaders = new FrameReader?[5];
    private readonly Utf8Buffer _loose = new();
    private FramingRecognizer _recognizer;
    private FrameReader? _frames;
    private int _framesOffset;
    private Protocol? _protocol;
    private string _framingReason = string.Empty;
    private string _protocolReason = string.Empty;
    private bool _isAborted;

    /// <summary>What the stream was taken for, and why.</summary>
    public ProtocolRecognition Recognition => new(_frames?.Format, _framingReason, RecognizedProtocol, _protocolReason);

    /// <summary>The protocol, given or recognised; <see cref="ModelProtocol.Auto"/> while it is not known.</summary>
    internal ModelProtocol RecognizedProtocol => _protocol?.Id ?? ModelProtocol.Auto;

    private void ResetRecognition()
    {
        _delta.Clear();
        _recognizer = default;
        _frames = null;
        _framesOffset = 0;
        _protocol = null;
        _isAborted = _isGivenUpdates = false;
        _loose.Clear();
        _framingReason = _protocolReason = "not known yet";
        if (Options.Protocol != ModelProtocol.Auto)
        {
            _protocol = _protocols.Get(Options.Protocol);
            _protocolReason = "given";
        }

        // Where a byte order mark may come first, the first bytes are awaited.
        if (TryGetKnownFraming(out FrameFormat framing, out string reason) && framing is not (FrameFormat.JsonArray or FrameFormat.NdJson))
        {
            StartFrames(framing, reason);
        }
    }

    private bool TryGetKnownFraming(out FrameFormat framing, out string reason)
    {
        reason = Options.Framing is null ? "content type" : "given";
        FrameFormat? known = Options.Framing ?? FramingRecognizer.FromContentType(Options.ContentType);
        framing = known.GetValueOrDefault();
        return known is not null;
    }

    private void StartFrames(FrameFormat format, string reason)
    {
        _framingReason = reason;
        ref FrameReader? reader = ref _frameReaders[(int)format];
        if (reader is null)
        {
            reader = new FrameReader(format, new FrameReaderOptions { MaxFrameBytes = Options.MaxFrameBytes, DeliverUnterminated = true, ReportUnknownFields = true });
        }
        else
        {
            reader.Reset();
        }

        _frames = reader;
    }

    private void AppendToFrames(ReadOnlySpan<byte> chunk)
    {
        if (_frames is null)
        {
            _isInCall = true;
            _start.Append(chunk);
            TryStartFrames(isAll: false);
            _isInCall = false;
        }
        else if (_frames.Error is null)
        {
            _frames.Append(chunk);
        }
    }

    // As one chunk: what is too much is a matter of what was left unread before, and not of the segments.
    private void AppendToFrames(in ReadOnlySequence<byte> chunk)
    {
        if (_frames is null)
        {
            _isInCall = true;
            foreach (ReadOnlyMemory<byte> segment in chunk)
            {
                _start.Append(segment.Span);
            }

            TryStartFrames(isAll: false);
            _isInCall = false;
        }
        else if (_frames.Error is null)
        {
            _frames.Append(chunk);
        }
    }

    private bool TryStartFrames(bool isAll)
    {
        // Leading blanks carry nothing; they must not pile up. Of a chunk that brings more, no more is looked at than of many small ones.
        ReadOnlySpan<byte> start = _start.Written.Slice(0, Math.Min(_start.Length, MaxLooseBytes + 1));
        isAll |= start.Length > MaxLooseBytes;

        if (TryGetKnownFraming(out FrameFormat format, out string reason))
        {
            if (!isAll && start.Length < 3 && "\uFEFF"u8.StartsWith(start))
            {
                return false;
            }
        }
        else if (!_recognizer.TryRecognize(start, isAll, out format, out reason))
        {
            return false;
        }

        StartFrames(format, reason);

        // A byte order mark belongs to no JSON text; in an event stream the framing knows it.
        bool hasMark = format is FrameFormat.JsonArray or FrameFormat.NdJson && start.StartsWith("\uFEFF"u8);
        _framesOffset = hasMark ? 3 : 0;
        _frames!.Append(_start.Written.Slice(_framesOffset));
        _start.Clear();
        return true;
    }

    private void BeginPayload(long offset)
    {
        _assembler.BeginPayload();
        if (_assembler.Recorder is { } recorder)
        {
            recorder.WireOffset = _framesOffset + offset;
        }
    }

    private void End()
    {
        _isEnded = true;
        _delta.Clear();
        ReadLoose();
        JsonOutcome worst = _isAborted ? JsonOutcome.Truncated : JsonOutcome.Complete;
        if (_frames!.Error is { } error)
        {
            _assembler.Report(AnomalyKind.FramingError, detail: error.Code.ToString());
            worst = error.Code == FramingErrorCode.UnexpectedEnd ? JsonOutcome.Truncated : JsonOutcome.Invalid;
        }
        else if (_protocol is null && worst == JsonOutcome.Complete)
        {
            worst = _assembler.HasReported(AnomalyKind.UnrecognizedPayload) || _assembler.HasReported(AnomalyKind.MalformedFrame) ? JsonOutcome.Invalid : JsonOutcome.Complete;
        }

        // An SDK keeps [DONE] to itself.
        bool expectsTerminator = _protocol?.HasTerminator == true && !_isGivenUpdates && (!_protocol.HasTextTerminator || _frames.Format == FrameFormat.ServerSentEvents);
        _assembler.EndStream(worst, expectsTerminator);
    }

    // Few locals before, see TryReadPayload.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Read(in Frame frame)
    {
        if (frame.IsUnknownField)
        {
            _delta.Clear();
            ReadUnknownLine(frame);
            return;
        }

        ReadLoose();
        ReadOnlySpan<byte> data = frame.Data.TrimBlanks();
        bool isRead = ReadPayload(frame, data, out EnvelopeValue root) && frame.Flags == FrameFlags.None && !_protocol!.HasInnerPayloads;
        if (isRead && !IsEveryPayloadRead && _assembler.FindOnlyPiece(out (int Start, int Length) place) is { } appended)
        {
            _delta.Learn(frame, data, root, _protocol!, appended, place);
        }
        else
        {
            _delta.Clear();
        }
    }

    private bool ReadPayload(in Frame frame, ReadOnlySpan<byte> data, out EnvelopeValue root)
    {
        root = default;
        if ((frame.Flags & (FrameFlags.Exception | FrameFlags.Error)) != 0)
        {
            ReadException(frame);
            return false;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            _assembler.TerminateStarted();
            return false;
        }

        if (data.IsEmpty)
        {
            return false;
        }

        // A last line without its line break is how many servers end; only where the cut shows is it worth a word.
        bool isRead = _envelope.TryRead(data, out root);
        if (frame.IsUnterminated && (!isRead || _frames!.Format != FrameFormat.NdJson))
        {
            _assembler.Report(AnomalyKind.UnterminatedFrame);
        }

        if (!isRead)
        {
            _assembler.Report(AnomalyKind.MalformedFrame);
            return false;
        }

        Read(frame, root);
        return _protocol is not null;
    }

    private void Read(in Frame frame, EnvelopeValue root)
    {
        if (_assembler.IsTerminated)
        {
            _assembler.Report(AnomalyKind.EventAfterEnd);
        }

        if (_protocol is null)
        {
            _protocol = _protocols.Recognize(frame, root);
            if (_protocol is null)
            {
                ReadUnrecognized(frame, root);
                return;
            }

            _protocolReason = "the shape of the first payload";
        }

        _protocol.Read(frame, root, _assembler);
    }

    // Every provider reports a failure in nearly the same shape, often instead of the first payload.
    private void ReadUnrecognized(in Frame frame, EnvelopeValue root)
    {
        if (TryReadError(root) || TryReadRefusal(root) || frame.EventType.SequenceEqual("ping"u8) || root["type"u8].Is("ping"u8))
        {
            return;
        }

        _assembler.Report(AnomalyKind.UnrecognizedPayload);
    }

    private bool TryReadError(EnvelopeValue root)
    {
        if (!root["error"u8].HasValue)
        {
            return false;
        }

        _assembler.AddError(root["error"u8]);
        return true;
    }

    // The body of an HTTP error, in place of a stream: AWS and Cohere have a bare message, what runs on FastAPI a detail.
    private bool TryReadRefusal(EnvelopeValue root)
    {
        EnvelopeValue text = root["message"u8].IsString ? root["message"u8] : root["detail"u8];
        if (text.IsString)
        {
            EnvelopeValue code = root["__type"u8].IsString ? root["__type"u8] : root["code"u8];
            _assembler.AddError(code.HasValue ? _assembler.TextOf(code) : null, _assembler.TextOf(text));
        }

        return text.IsString;
    }

    // AWS messages of the types exception and error.
    private void ReadException(in Frame frame)
    {
        string code = Utf8Buffer.ToString(frame.EventType);
        string? text = frame.Headers.TryGetUtf8String(":error-message"u8, out ReadOnlySpan<byte> message) ? Utf8Buffer.ToString(message) : null;
        if (_envelope.TryRead(frame.Data, out EnvelopeValue root) && root["message"u8].IsString)
        {
            text = _assembler.TextOf(root["message"u8]);
        }

        _assembler.AddError(code, text);
    }

    // llama.cpp reports a failure as a line "error: {...}"; Google appends a JSON text, pretty-printed, behind the events.
    private void ReadUnknownLine(in Frame frame)
    {
        if (frame.EventType.SequenceEqual("error"u8) && _envelope.TryRead(frame.Data, out EnvelopeValue root))
        {
            _assembler.Report(AnomalyKind.ErrorLine);
            _assembler.AddError(root["error"u8].HasValue ? root["error"u8] : root);
            return;
        }

        ReadOnlySpan<byte> line = frame.RawLine;
        bool isLoose = _loose.Length > 0 || (!line.TrimBlanks().IsEmpty && line.TrimBlanks()[0] is (byte)'{' or (byte)'[');
        if (isLoose && _loose.Length + line.Length < MaxLooseBytes)
        {
            _loose.Append(line);
            _loose.Append((byte)'\n');
            return;
        }

        _assembler.Report(AnomalyKind.UnknownLine);
    }

    private void ReadLoose()
    {
        if (_loose.Length == 0)
        {
            return;
        }

        if (_envelope.TryRead(_loose.Written.TrimBlanks(), out EnvelopeValue root) && TryReadError(FirstOf(root)))
        {
            _assembler.Report(AnomalyKind.ErrorAfterEvents);
        }
        else
        {
            _assembler.Report(AnomalyKind.UnknownLine);
        }

        _loose.Clear();
    }

    private static EnvelopeValue FirstOf(EnvelopeValue root)
    {
        foreach (EnvelopeValue item in root.EnumerateArray())
        {
            return item;
        }

        return root;
    }

    private void ReleaseFrames()
    {
        _loose.Dispose();
        _delta.Dispose();
        foreach (FrameReader? frames in _frameReaders)
        {
            frames?.Dispose();
        }
    }
}
