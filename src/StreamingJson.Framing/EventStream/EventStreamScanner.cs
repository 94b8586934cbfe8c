using System;
using System.Buffers;
using System.Buffers.Binary;

namespace StreamingJson.Framing;

/// <summary>AWS event stream messages (<c>application/vnd.amazon.eventstream</c>).</summary>
/// <remarks>
/// <code>
///   prelude, 12 bytes                                |  data                          |
///   u32 total length | u32 headers length | u32 CRC  |  headers       | payload       | u32 message CRC
///   0                  4                    8           12              12 + headers    total - 4        total
/// </code>
/// All integers are big-endian. The prelude CRC covers the two lengths, the message CRC everything before it, the prelude CRC included. A
/// length is believed only after the prelude
/// CRC was verified, and no memory is ever taken because of a length: the buffer grows with the bytes that came.
/// </remarks>
internal sealed class EventStreamScanner : FrameScanner, IDisposable
{
    private const int HeadersLengthAt = 4;
    private const int PreludeCrcAt = 8;
    private const int PreludeLength = 12;
    private const int MessageCrcLength = 4;

    // The length of a name, and a type.
    private const int SmallestHeader = 2;
    private const int Overhead = PreludeLength + MessageCrcLength;

    private long _messageStart;

    // Zero until the prelude of this message was verified.
    private int _totalLength;
    private int _headersLength;

    // The headers of the message before, which were found to be right, and what is in them: those of the deltas of a stream are all the same.
    private readonly PooledBytes _checked;
    private int _checkedCount;
    private int _checkedTypeAt;
    private int _checkedTypeLength;
    private FrameFlags _checkedFlags;

    public EventStreamScanner(FrameBuffer buffer, FrameReaderOptions options, ArrayPool<byte> pool)
        : base(buffer, options) => _checked = new PooledBytes(pool);

    public override bool TryRead(bool isFinal, out Frame frame)
    {
        frame = default;
        long available = Buffer.EndOffset - _messageStart;
        if (_totalLength == 0 && available >= PreludeLength && !TryReadPrelude())
        {
            return false;
        }

        if (_totalLength == 0 || available < _totalLength)
        {
            return isFinal && available > 0 && Fail(FramingErrorCode.UnexpectedEnd, Buffer.EndOffset);
        }

        if (!TryReadMessage(out frame))
        {
            return false;
        }

        _messageStart += _totalLength;
        _totalLength = 0;
        Buffer.Consume(_messageStart);
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _messageStart = 0;
        _totalLength = 0;
        _checked.Reset();
    }

    public void Dispose() => _checked.Dispose();

    private bool TryReadPrelude()
    {
        ReadOnlySpan<byte> prelude = Buffer.Slice(_messageStart, _messageStart + PreludeLength);
        Examined += PreludeLength;
        if (Crc32.Compute(prelude.Slice(0, PreludeCrcAt)) != BinaryPrimitives.ReadUInt32BigEndian(prelude.Slice(PreludeCrcAt)))
        {
            return Fail(FramingErrorCode.PreludeChecksumMismatch, _messageStart + PreludeCrcAt);
        }

        uint total = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        uint headers = BinaryPrimitives.ReadUInt32BigEndian(prelude.Slice(HeadersLengthAt));
        if (total < Overhead)
        {
            return Fail(FramingErrorCode.InvalidLength, _messageStart);
        }

        if (total > (uint)Options.MaxFrameBytes)
        {
            return Fail(FramingErrorCode.FrameTooLong, _messageStart);
        }

        if (headers > total - Overhead)
        {
            return Fail(FramingErrorCode.InvalidLength, _messageStart + HeadersLengthAt);
        }

        if (headers > (uint)Options.MaxHeaderBytes)
        {
            return Fail(FramingErrorCode.HeadersTooLong, _messageStart + HeadersLengthAt);
        }

        _totalLength = (int)total;
        _headersLength = (int)headers;
        return true;
    }

    private bool TryReadMessage(out Frame frame)
    {
        frame = default;
        long end = _messageStart + _totalLength;
        ReadOnlySpan<byte> message = Buffer.Slice(_messageStart, end);
        int crcAt = _totalLength - MessageCrcLength;
        Examined += _totalLength;
        if (Crc32.Compute(message.Slice(0, crcAt)) != BinaryPrimitives.ReadUInt32BigEndian(message.Slice(crcAt)))
        {
            return Fail(FramingErrorCode.MessageChecksumMismatch, _messageStart + crcAt);
        }

        ReadOnlySpan<byte> block = message.Slice(PreludeLength, _headersLength);
        if (_checked.IsEmpty || !block.SequenceEqual(_checked.Span))
        {
            if (!TryCheckHeaders(block, out _checkedCount))
            {
                return false;
            }

            ReadOnlySpan<byte> found = FindType(new EventStreamHeaders(block, _checkedCount), out _checkedFlags);
            block.Overlaps(found, out _checkedTypeAt); // 0 where it is empty
            _checkedTypeLength = found.Length;
            _checked.Set(block);
        }
        else
        {
            Examined += block.Length;
        }

        var headers = new EventStreamHeaders(block, _checkedCount);
        ReadOnlySpan<byte> type = block.Slice(_checkedTypeAt, _checkedTypeLength);
        int payloadAt = PreludeLength + _headersLength;
        frame = new Frame(message.Slice(payloadAt, crcAt - payloadAt), _messageStart, end, _checkedFlags, type, headers: headers);
        return true;
    }

    private bool TryCheckHeaders(ReadOnlySpan<byte> block, out int count)
    {
        // A CRC is a good enough hash for the few names there are: 256 at most, so that even names chosen to collide cost little.
        Span<uint> hashes = stackalloc uint[Math.Min(EventStreamHeaders.MaxCount, (block.Length / SmallestHeader) + 1)];
        Examined += block.Length;
        count = 0;
        int position = 0;
        while (position < block.Length)
        {
            long offset = _messageStart + PreludeLength + position;
            int before = position;
            if (count == EventStreamHeaders.MaxCount)
            {
                return Fail(FramingErrorCode.TooManyHeaders, offset);
            }

            if (!EventStreamHeader.TryRead(block, ref position, out EventStreamHeader header))
            {
                return Fail(FramingErrorCode.InvalidHeader, offset);
            }

            uint hash = Crc32.Compute(header.Name);
            var headersBefore = new EventStreamHeaders(block.Slice(0, before), count);
            if (hashes.Slice(0, count).IndexOf(hash) >= 0 && headersBefore.TryGet(header.Name, out _))
            {
                return Fail(FramingErrorCode.DuplicateHeader, offset);
            }

            hashes[count++] = hash;
        }

        return true;
    }

    /// <summary>
    /// The kind of a message is its <c>:message-type</c>; the name of what happened is in another header, according to the kind.
    /// </summary>
    private static ReadOnlySpan<byte> FindType(EventStreamHeaders headers, out FrameFlags flags)
    {
        headers.TryGetUtf8String(":message-type"u8, out ReadOnlySpan<byte> messageType);
        flags = messageType.SequenceEqual("exception"u8) ? FrameFlags.Exception
            : messageType.SequenceEqual("error"u8) ? FrameFlags.Error
            : FrameFlags.None;
        ReadOnlySpan<byte> name = flags switch
        {
            FrameFlags.Exception => ":exception-type"u8,
            FrameFlags.Error => ":error-code"u8,
            _ => ":event-type"u8,
        };
        headers.TryGetUtf8String(name, out ReadOnlySpan<byte> type);
        return type;
    }
}
