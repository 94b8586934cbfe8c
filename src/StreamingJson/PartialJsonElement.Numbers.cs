using System;
using System.Buffers.Text;
using StreamingJson.Documents;

namespace StreamingJson;

/// <content>Numbers. They keep their text: what does not fit the type that is asked for is refused, never rounded to infinity.</content>
public readonly partial struct PartialJsonElement
{
    /// <summary>The number, when it is written as an integer that fits.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public bool TryGetInt32(out int value) =>
        Is(Utf8Parser.TryParse(Number, out value, out int read) && read == Number.Length, ref value);

    /// <inheritdoc cref="TryGetInt32"/>
    public bool TryGetInt64(out long value) =>
        Is(Utf8Parser.TryParse(Number, out value, out int read) && read == Number.Length, ref value);

    /// <inheritdoc cref="TryGetInt32"/>
    public bool TryGetUInt64(out ulong value) =>
        Is(Utf8Parser.TryParse(Number, out value, out int read) && read == Number.Length, ref value);

    /// <summary>The nearest double, when the number is within the range of doubles: 1e400 is refused.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public bool TryGetDouble(out double value) =>
        Is(Utf8Parser.TryParse(Number, out value, out int read) && read == Number.Length && !double.IsInfinity(value), ref value);

    /// <summary>The number, when it is within the range of decimals.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public bool TryGetDecimal(out decimal value)
    {
        ReadOnlySpan<byte> number = Number;
        char format = number.IndexOfAny((byte)'e', (byte)'E') >= 0 ? 'e' : default;
        return Is(Utf8Parser.TryParse(number, out value, out int read, format) && read == number.Length, ref value);
    }

    /// <inheritdoc cref="TryGetInt32"/>
    /// <exception cref="FormatException">It is not such a number; <see cref="RawUtf8"/> has its text.</exception>
    public int GetInt32() => TryGetInt32(out int value) ? value : throw NoFit();

    /// <inheritdoc cref="GetInt32"/>
    public long GetInt64() => TryGetInt64(out long value) ? value : throw NoFit();

    /// <inheritdoc cref="GetInt32"/>
    public ulong GetUInt64() => TryGetUInt64(out ulong value) ? value : throw NoFit();

    /// <inheritdoc cref="TryGetDouble"/>
    /// <exception cref="FormatException">It is not such a number; <see cref="RawUtf8"/> has its text.</exception>
    public double GetDouble() => TryGetDouble(out double value) ? value : throw NoFit();

    /// <inheritdoc cref="TryGetDecimal"/>
    /// <exception cref="FormatException">It is not such a number; <see cref="RawUtf8"/> has its text.</exception>
    public decimal GetDecimal() => TryGetDecimal(out decimal value) ? value : throw NoFit();

    private ReadOnlySpan<byte> Number
    {
        get
        {
            EnsureKind(TapeKind.Number);
            return RawUtf8;
        }
    }

    // What was read of a number that does not fit is no value.
    private static bool Is<TNumber>(bool isThisNumber, ref TNumber value)
        where TNumber : struct
    {
        value = isThisNumber ? value : default;
        return isThisNumber;
    }

    private static FormatException NoFit() => new("The number does not fit the type that was asked for.");
}
