using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.CompilerServices;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// What no parser that is given chunks and asked after each can go below: a call that keeps the bytes and reads none of them, and a look
/// at a field of a value that is there already.
/// </summary>
internal sealed class FloorReads
{
    private readonly byte[] _kept;
    private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);
    private readonly JsonPointerReader _field;
    private int _count;

    public FloorReads(BenchmarkDocument document)
    {
        _kept = new byte[document.Utf8.Length + sizeof(ulong)];
        _field = ParserReads.PointerOf(document);
        _parser.Append(document.Utf8);
    }

    public long Read(ReadOnlySpan<byte> document, ChunkSize size)
    {
        long seen = 0;
        _count = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            if (!TryKeep(chunk))
            {
                throw new InvalidDataException("The document has grown.");
            }

            if (_field.TryGetElement(_parser.Snapshot, out PartialJsonElement value))
            {
                seen += value.TextUtf8.Length;
            }
        }

        return seen + _count;
    }

    /// <exception cref="InvalidDataException">What was kept is not the document.</exception>
    public void Check(ReadOnlySpan<byte> document, ChunkSize size)
    {
        Read(document, size);
        if (!_kept.AsSpan(0, _count).SequenceEqual(document))
        {
            throw new InvalidDataException("What was kept is not the document.");
        }
    }

    // Four to eight bytes as one word: a copy of a length that is not known takes longer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryKeep(ReadOnlySpan<byte> chunk)
    {
        int length = chunk.Length;
        if (length > _kept.Length - sizeof(ulong) - _count)
        {
            return false;
        }

        if (length is >= sizeof(uint) and <= sizeof(ulong))
        {
            int second = length - sizeof(uint);
            ulong first4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk);
            ulong last4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk[second..]);
            BinaryPrimitives.WriteUInt64LittleEndian(_kept.AsSpan(_count, sizeof(ulong)), first4 | (last4 << (second * 8)));
        }
        else
        {
            chunk.CopyTo(_kept.AsSpan(_count));
        }

        _count += length;
        return true;
    }
}
