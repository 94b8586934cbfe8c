using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace StreamingJson.Benchmarks;

/// <summary>What System.Text.Json does with the same bytes. Each method returns something that depends on all it read.</summary>
internal static class References
{
    /// <summary>
    /// One pass over the whole document: the unit of every ratio. Never inlined: all callers are to time the same machine code.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long ReadOnce(ReadOnlySpan<byte> document)
    {
        long count = 0;
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
            count += (int)reader.TokenType;
        }

        return count;
    }

    /// <summary>Parses the whole document and gives its memory back.</summary>
    public static long ParseDocument(ReadOnlyMemory<byte> document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document);
        return (long)parsed.RootElement.ValueKind;
    }
}

/// <summary>
/// <see cref="Utf8JsonReader"/> fed chunk by chunk in the documented way: its state is carried from call to call, and the bytes
/// it could not use yet are moved to the front of the buffer and shown to it again, with the next chunk behind them.
/// </summary>
internal sealed class RefedReader
{
    private byte[] _buffer = new byte[4096];

    public long Read(ReadOnlySpan<byte> document, ChunkSize size)
    {
        long count = 0;
        int received = 0;
        int unread = 0;
        JsonReaderState state = default;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            if (unread + chunk.Length > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, unread + chunk.Length));
            }

            chunk.CopyTo(_buffer.AsSpan(unread));
            unread += chunk.Length;
            received += chunk.Length;

            var reader = new Utf8JsonReader(_buffer.AsSpan(0, unread), isFinalBlock: received == document.Length, state);
            while (reader.Read())
            {
                count += (int)reader.TokenType;
            }

            state = reader.CurrentState;
            int used = (int)reader.BytesConsumed;
            _buffer.AsSpan(used, unread - used).CopyTo(_buffer);
            unread -= used;
        }

        return count;
    }
}

/// <summary>Collects the chunks and parses them with <see cref="JsonDocument"/> at the end; nothing is visible before.</summary>
internal sealed class CollectedDocument
{
    private byte[] _buffer = [];

    public long Read(ReadOnlyMemory<byte> document, ChunkSize size) => References.ParseDocument(Collect(document, size));

    public ReadOnlyMemory<byte> Collect(ReadOnlyMemory<byte> document, ChunkSize size)
    {
        // What arrives whole needs no collecting.
        if (size.For(document.Length) == document.Length)
        {
            return document;
        }

        int length = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document.Span, size))
        {
            if (length + chunk.Length > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, length + chunk.Length));
            }

            chunk.CopyTo(_buffer.AsSpan(length));
            length += chunk.Length;
        }

        return _buffer.AsMemory(0, length);
    }
}
