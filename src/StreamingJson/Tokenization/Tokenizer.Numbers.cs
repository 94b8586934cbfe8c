using System;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>Numbers (RFC 8259, section 6).</content>
internal partial struct Tokenizer<THandler>
{
    private int StartNumber(ReadOnlySpan<byte> data, int index)
    {
        _tokenStart = index;
        State = data[index] switch
        {
            (byte)'-' => ScanState.AfterMinus,
            (byte)'0' => ScanState.AfterZero,
            _ => ScanState.InInteger,
        };
        return ScanNumber(data, index + 1);
    }

    private int ScanNumber(ReadOnlySpan<byte> data, int index)
    {
        ScanState state = State;
        long limit = (long)_tokenStart + _settings.MaxNumberBytes;
        while (true)
        {
            if (state is ScanState.InInteger or ScanState.InFraction or ScanState.InExponent)
            {
                while ((uint)index < (uint)data.Length && JsonBytes.IsDigit(data[index]))
                {
                    index++;
                }
            }

            if (index > limit)
            {
                State = state;
                return Fail(JsonErrorCode.NumberLimit, (int)limit);
            }

            if ((uint)index >= (uint)data.Length)
            {
                State = state;
                return index;
            }

            byte next = data[index];
            ScanState following = AfterNumberByte(state, next);
            if (following == state)
            {
                State = state;
                return IsCompleteNumber(state) && IsDelimiter(next) ? EndNumber(data, index) : Fail(JsonErrorCode.InvalidNumber, index);
            }

            state = following;
            index++;
        }
    }

    private int EndNumber(ReadOnlySpan<byte> data, int end)
    {
        Handler.OnNumber(data, _tokenStart, end);
        EndValue();
        return end;
    }

    // Where the next byte leads; where it cannot stand, to the same state. Digits in the three digit states are taken before.
    private static ScanState AfterNumberByte(ScanState state, byte next) => state switch
    {
        ScanState.AfterMinus when next == '0' => ScanState.AfterZero,
        ScanState.AfterMinus when JsonBytes.IsDigit(next) => ScanState.InInteger,
        ScanState.AfterZero or ScanState.InInteger when next == '.' => ScanState.AfterPoint,
        ScanState.AfterPoint when JsonBytes.IsDigit(next) => ScanState.InFraction,
        ScanState.AfterZero or ScanState.InInteger or ScanState.InFraction when next is (byte)'e' or (byte)'E' => ScanState.AfterExponent,
        ScanState.AfterExponent when next is (byte)'+' or (byte)'-' => ScanState.AfterExponentSign,
        ScanState.AfterExponent or ScanState.AfterExponentSign when JsonBytes.IsDigit(next) => ScanState.InExponent,
        _ => state,
    };

    private static bool IsCompleteNumber(ScanState state) =>
        state is ScanState.AfterZero or ScanState.InInteger or ScanState.InFraction or ScanState.InExponent;

    private readonly bool IsDelimiter(byte next) =>
        next is (byte)',' or (byte)'}' or (byte)']' || JsonBytes.IsWhitespace(next) || (next == '/' && _settings.SkipComments);
}
