using System;
using System.Text.Json;

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>Says without an exception what <see cref="Utf8JsonReader"/> says with one: that a short payload is no JSON text.</summary>
/// <remarks>
/// To throw takes as long as reading some thousand bytes: a stream of nothing but short malformed payloads would be a cheap way to keep a server busy.
/// </remarks>
internal sealed class PayloadCheck : IDisposable
{
    /// <summary>The longest payload to check, in bytes: of a longer one an exception is not what takes the time.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int ChunkBytes = 512;

    private static readonly StreamingJsonOptions Options =
        new() { Limits = JsonLimits.Trusted with { MaxDepth = Envelope.MaxDepth }, SkipByteOrderMark = false };

    private readonly StreamingJsonParser _parser = new(Options);

    /// <summary>Whether the reader reads the payload to its end. Nothing is thrown.</summary>
    /// <param name="json">At most <see cref="MaxBytes"/>.</param>
    public bool IsJson(ReadOnlySpan<byte> json)
    {
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        _parser.Reset();
        while (!json.IsEmpty)
        {
            ReadOnlySpan<byte> piece = json.Slice(0, Math.Min(json.Length, ChunkBytes));
            json = json.Slice(piece.Length);
            if (!_parser.TryAppend(AsAscii(piece, chunk)))
            {
                return false;
            }
        }

        return _parser.Complete() == JsonOutcome.Complete;
    }

    public void Dispose() => _parser.Dispose();

    // The reader does not ask whether strings are UTF-8, and elsewhere a byte beyond ASCII is as wrong as '?'.
    private static ReadOnlySpan<byte> AsAscii(ReadOnlySpan<byte> piece, Span<byte> chunk)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            chunk[i] = piece[i] < 0x80 ? piece[i] : (byte)'?';
        }

        return chunk.Slice(0, piece.Length);
    }
}
