using System;
using System.Runtime.CompilerServices;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>Numbers (RFC 8259, section 6).</content>
internal partial struct Tokenizer<THandler>
{
    // Most numbers are short integers that come whole.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StartNumber(ReadOnlySpan<byte> data, int index)
    {
        int end = index + 1;
        while ((uint)end < (uint)data.Length && JsonBytes.IsDigit(data[end]))
        {
            end++;
        }

        byte first = data[index];
        bool isInteger = end == index + 1 ? first != '-' : first is >= (byte)'1' and <= (byte)'9';
        if (isInteger && (uint)end < (uint)data.Length && MayFollowValue(data[end]) && end - index <= _settings.MaxNumberBytes)
        {
            Handler.OnNumber(data, index, end);
            EndValue();
            return end;
        }

        _tokenStart = index;
        if (isInteger && end == data.Length && end - index <= _settings.MaxNumberBytes)
        {
            State = first == '0' ? ScanState.AfterZero : ScanState.InInteger;
            return end;
        }

        State = data[index] switch
        {
            (byte)'-' => ScanState.AfterMinus,
            (byte)'0' => ScanState.AfterZero,
            _ => ScanState.InInteger,
        };
        return ScanNumber(data, index + 1);
    }

    // Digits of an integer that was cut, mostly up to its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ScanInteger(ReadOnlySpan<byte> data, int index)
    {
        int end = index;
        while ((uint)end < (uint)data.Length && JsonBytes.IsDigit(data[end]))
        {
            end++;
        }

        if (end - _tokenStart > _settings.MaxNumberBytes)
        {
            return ScanNumber(data, end);
        }

        if ((uint)end >= (uint)data.Length)
        {
            return end;
        }

        return MayFollowValue(data[end]) ? EndNumber(data, end) : ScanNumber(data, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
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
                return IsCompleteNumber(state) && MayFollowValue(next) ? EndNumber(data, index) : Fail(ErrorInNumber(state, next), index);
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

    // What ends a number here; anything else that is no part of it leaves it without an end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool MayFollowValue(byte next) =>
        next == ',' || next == (Containers.InObject ? '}' : ']')
            ? Containers.Depth != 0
            : JsonBytes.IsWhitespace(next) || (next == '/' && _settings.SkipComments);

    private readonly JsonErrorCode ErrorInNumber(ScanState state, byte next)
    {
        if (!IsCompleteNumber(state) || next is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            return JsonErrorCode.InvalidNumber;
        }

        return Containers.Depth != 0 ? JsonErrorCode.ExpectedCommaOrEnd : ErrorAfterRoot;
    }
}
