using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// What the snapshot must be after a prefix of a valid text, by the plain rules, from the start each time (so a check of every prefix is
/// quadratic): a string appears at its opening quote; a number when the byte after it, or the declared end, closes it; a literal with
/// its last letter; a property together with its value; arrays append. "Nothing" is null.
/// </summary>
/// <remarks>
/// The prefix must be one, see <see cref="JsonPushdownRecognizer"/>: nothing is checked here. Comments and trailing commas are read
/// wherever they stand. Of several root values the first is given.
/// </remarks>
public ref struct GrowingValueOracle
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _isEnded;
    private int _at;
    private int _depth;

    private GrowingValueOracle(ReadOnlySpan<byte> text, bool isEnded)
    {
        _text = text;
        _isEnded = isEnded;
        _at = text.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    private readonly bool AtEnd => _at >= _text.Length;

    /// <summary>The value so far, or null while nothing of the root is known. <paramref name="isEnded"/>: no more bytes will come.</summary>
    public static GrowingValue? Snapshot(ReadOnlySpan<byte> prefix, bool isEnded = false)
    {
        var oracle = new GrowingValueOracle(prefix, isEnded);
        oracle.SkipBlanks();
        return oracle.Value();
    }

    private GrowingValue? Value()
    {
        if (AtEnd)
        {
            return null;
        }

        return (char)_text[_at] switch
        {
            '{' => Object(),
            '[' => Array(),
            '"' => new GrowingValue(JsonValueKind.String) { Text = String(out _) },
            't' => Literal("true", JsonValueKind.True),
            'f' => Literal("false", JsonValueKind.False),
            'n' => Literal("null", JsonValueKind.Null),
            '-' or (>= '0' and <= '9') => Number(),
            _ => NothingMore(), // a byte order mark that was cut
        };
    }

    private GrowingValue? NothingMore()
    {
        _at = _text.Length;
        return null;
    }

    private GrowingValue Object()
    {
        var members = new List<KeyValuePair<string, GrowingValue>>();
        _at++;
        _depth++;
        while (NextChild('}'))
        {
            string name = String(out bool isClosed);
            SkipBlanks();
            if (!isClosed || AtEnd)
            {
                break;
            }

            _at++; // the colon
            SkipBlanks();
            GrowingValue? value = Value();
            if (value is not null)
            {
                members.Add(KeyValuePair.Create(name, value));
            }
        }

        return new GrowingValue(JsonValueKind.Object) { Members = members };
    }

    private GrowingValue Array()
    {
        var items = new List<GrowingValue>();
        _at++;
        _depth++;
        while (NextChild(']'))
        {
            GrowingValue? item = Value();
            if (item is not null)
            {
                items.Add(item);
            }
        }

        return new GrowingValue(JsonValueKind.Array) { Items = items };
    }

    /// <summary>Moves to the next child; false at the end of the container, which is stepped over, or of the text.</summary>
    private bool NextChild(char close)
    {
        SkipBlanks();
        if (!AtEnd && _text[_at] == ',')
        {
            _at++;
            SkipBlanks();
        }

        if (!AtEnd && _text[_at] == close)
        {
            _at++;
            _depth--;
            return false;
        }

        return !AtEnd;
    }

    private GrowingValue? Literal(string text, JsonValueKind kind)
    {
        bool isWhole = _text.Length - _at >= text.Length;
        _at += text.Length;
        return isWhole ? new GrowingValue(kind) { Text = text } : null;
    }

    private GrowingValue? Number()
    {
        int start = _at;
        while (!AtEnd && "+-.eE0123456789".Contains((char)_text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        string text = Encoding.ASCII.GetString(_text[start.._at]);
        bool isClosed = !AtEnd || (_isEnded && _depth == 0 && char.IsAsciiDigit(text[^1]));
        return isClosed ? new GrowingValue(JsonValueKind.Number) { Text = text } : null;
    }

    private string String(out bool isClosed)
    {
        int start = ++_at;
        while (!AtEnd && _text[_at] != '"')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        isClosed = !AtEnd;
        ReadOnlySpan<byte> raw = isClosed ? _text[start.._at] : _text[start..];
        _at++;
        return GrowingText.Decode(raw, isClosed);
    }

    private void SkipBlanks()
    {
        while (!AtEnd && (_text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'/'))
        {
            _at = _text[_at] == '/' ? EndOfComment() : _at + 1;
        }
    }

    private readonly int EndOfComment()
    {
        ReadOnlySpan<byte> comment = _text[_at..];
        if (comment.Length < 2)
        {
            return _text.Length;
        }

        bool isLine = comment[1] == '/';
        int end = isLine ? comment.IndexOfAny((byte)'\n', (byte)'\r') : comment[2..].IndexOf("*/"u8);
        return end < 0 ? _text.Length : _at + end + (isLine ? 1 : 4);
    }
}
