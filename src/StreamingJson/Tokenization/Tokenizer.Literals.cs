using System;
using System.Text.Json;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>The three literal names (RFC 8259, section 3) and the byte order mark (section 8.1).</content>
internal partial struct Tokenizer<THandler>
{
    private JsonValueKind _literal;

    private int StartLiteral(ReadOnlySpan<byte> data, int index)
    {
        _tokenStart = index;
        _literal = data[index] switch
        {
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
        State = ScanState.InLiteral;
        return ScanLiteral(data, index + 1);
    }

    private int ScanLiteral(ReadOnlySpan<byte> data, int index)
    {
        ReadOnlySpan<byte> literal = LiteralText(_literal);
        int end = _tokenStart + literal.Length;
        while (index < end)
        {
            if ((uint)index >= (uint)data.Length)
            {
                return index;
            }

            if (data[index] != literal[index - _tokenStart])
            {
                return Fail(JsonErrorCode.InvalidLiteral, index);
            }

            index++;
        }

        Handler.OnLiteral(_literal, _tokenStart, end);
        EndValue();
        return end;
    }

    private static ReadOnlySpan<byte> LiteralText(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True => "true"u8,
        JsonValueKind.False => "false"u8,
        _ => "null"u8,
    };

    // At the first byte of all.
    private int ScanStart(ReadOnlySpan<byte> data, int index)
    {
        State = ScanState.BeforeValue;
        if (_settings.SkipByteOrderMark && data[index] == JsonBytes.ByteOrderMark[0])
        {
            State = ScanState.InByteOrderMark;
        }

        return index;
    }

    // The data begin with it.
    private int ScanByteOrderMark(ReadOnlySpan<byte> data, int index)
    {
        if (data[index] != JsonBytes.ByteOrderMark[index])
        {
            return Fail(JsonErrorCode.ExpectedValue, index);
        }

        index++;
        if (index == JsonBytes.ByteOrderMarkLength)
        {
            State = ScanState.BeforeValue;
        }

        return index;
    }
}
