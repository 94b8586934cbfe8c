using System;
using System.Buffers;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// Makes the beginning of a JSON text a whole one: what .NET users write to look into a text that has not ended. Every call goes over everything again.
/// Unfinished numbers, literals, names, escapes and characters are left out, as the laws of the library ask, so that the answers can be compared.
/// </summary>
internal sealed class BracketCloser
{
    private const int MaxDepth = 64;
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(",]} \n\r\t"u8);
    private readonly byte[] _open = new byte[MaxDepth];
    private byte[] _text = [];
    private int _depth;
    private int _cut;
    private int _safe;
    private bool _isName;

    /// <summary>The closed text, valid until the next call; empty if there is nothing yet.</summary>
    public ReadOnlyMemory<byte> Close(ReadOnlySpan<byte> json)
    {
        bool isInString = Scan(json);
        bool isOpenValue = isInString && !_isName;
        int end = isOpenValue ? _safe : _cut;
        if (end == 0)
        {
            return default;
        }

        if (_text.Length < end + MaxDepth + 1)
        {
            _text = new byte[2 * (end + MaxDepth + 1)];
        }

        json[..end].CopyTo(_text);
        if (isOpenValue)
        {
            _text[end++] = (byte)'"';
        }

        for (int i = _depth - 1; i >= 0; i--)
        {
            _text[end++] = _open[i];
        }

        return _text.AsMemory(0, end);
    }

    // Whether the text ends inside a string.
    private bool Scan(ReadOnlySpan<byte> json)
    {
        _depth = _cut = 0;
        _isName = false;
        bool expectsName = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte c = json[i];
            switch (c)
            {
                case (byte)'{' or (byte)'[':
                    _open[_depth++] = c == '{' ? (byte)'}' : (byte)']';
                    expectsName = c == '{';
                    _cut = i + 1;
                    break;
                case (byte)'}' or (byte)']':
                    _depth--;
                    _cut = i + 1;
                    break;
                case (byte)',':
                    expectsName = _open[_depth - 1] == '}';
                    break;
                case (byte)':':
                    expectsName = false;
                    break;
                case (byte)'"':
                    _isName = expectsName;
                    i = EndOfString(json, i + 1);
                    if (i < 0)
                    {
                        return true;
                    }

                    _cut = _isName ? _cut : i + 1;
                    break;
                case > (byte)' ':
                    int end = EndOfScalar(json, i);
                    if (end < json.Length || IsWholeLiteral(json[i..]))
                    {
                        _cut = end;
                    }

                    i = end - 1;
                    break;
            }
        }

        return false;
    }

    // The place of the closing quote, or -1; _safe is behind the last whole character.
    private int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        _safe = start;
        for (int i = start; i < json.Length;)
        {
            if (json[i] == '"')
            {
                return i;
            }

            int length = json[i] switch { (byte)'\\' => LengthOfEscape(json[i..]), < 0x80 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
            i += length;
            if (length == 0 || i > json.Length)
            {
                return -1;
            }

            _safe = i;
        }

        return -1;
    }

    // A first half of a pair counts with the second; 0 if it is cut.
    private static int LengthOfEscape(ReadOnlySpan<byte> json)
    {
        const int Unit = 6;
        if (json.Length < 2 || json[1] != 'u')
        {
            return json.Length < 2 ? 0 : 2;
        }

        bool isHigh = json.Length >= Unit && json[2] is (byte)'d' or (byte)'D' && json[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b' or (byte)'A' or (byte)'B';
        int length = isHigh ? 2 * Unit : Unit;
        return json.Length < length ? 0 : length;
    }

    private static int EndOfScalar(ReadOnlySpan<byte> json, int start)
    {
        int length = json[start..].IndexOfAny(Delimiters);
        return length < 0 ? json.Length : start + length;
    }

    private static bool IsWholeLiteral(ReadOnlySpan<byte> rest) => rest.SequenceEqual("true"u8) || rest.SequenceEqual("false"u8) || rest.SequenceEqual("null"u8);
}
