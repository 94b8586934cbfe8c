using System;
using System.Buffers;
using System.Text;

namespace StreamingJson.ToolCalls.Text;

/// <summary>A growing text in a pooled array.</summary>
internal sealed class Utf8Buffer : IDisposable
{
#if DEBUG
    private const int InitialBytes = 16;
#else
    private const int InitialBytes = 256;
#endif

    private byte[] _bytes = Array.Empty<byte>();

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => new(_bytes, 0, Length);

    /// <summary>The text, to change some of its bytes.</summary>
    public Span<byte> Writable => new(_bytes, 0, Length);

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        Length += utf8.Length;
    }

    public void Append(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    /// <summary>At least so many free bytes; <see cref="Advance"/> takes what was written to them.</summary>
    public Span<byte> GetSpan(int atLeast)
    {
        if (_bytes.Length - Length < atLeast)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(InitialBytes, Math.Max(checked(Length + atLeast), (int)Math.Min(int.MaxValue / 2, _bytes.Length * 2L))));
            Written.CopyTo(larger);
            Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Set(ReadOnlySpan<byte> utf8)
    {
        Length = 0;
        Append(utf8);
    }

    /// <summary>Drops the first bytes.</summary>
    public void RemoveStart(int count)
    {
        _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
        Length -= count;
    }

    public void Truncate(int length) => Length = length;

    public void Clear() => Length = 0;

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = Array.Empty<byte>();
        Length = 0;
        Return(bytes);
    }

    public override string ToString() => ToString(Written);

    public static string ToString(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return utf8.IsEmpty ? string.Empty : Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }
}
