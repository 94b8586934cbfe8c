using System;
using System.Collections.Generic;
using System.Text;

namespace StreamingJson.Tests.Support;

/// <summary>The token that the end of a prefix of a valid text cuts, found by reading the prefix from its start, token by token.</summary>
public static class InFlightOracle
{
    private const int None = -1;

    /// <summary>In the form of <see cref="Run.Describe"/>.</summary>
    public static string At(ReadOnlySpan<byte> prefix)
    {
        (InFlightKind kind, int start) = Find(prefix);
        return kind == InFlightKind.None ? "None at 0: " : $"{kind} at {start}: {Encoding.Latin1.GetString(prefix[start..])}";
    }

    private static (InFlightKind Kind, int Start) Find(ReadOnlySpan<byte> text)
    {
        if (text.Length is 1 or 2 && text[0] == 0xEF)
        {
            return (InFlightKind.ByteOrderMark, 0);
        }

        var open = new Stack<char>();
        bool isNameNext = false;
        int at = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < text.Length)
        {
            int start = at;
            (InFlightKind kind, int end) = Token(text, at, isNameNext);
            if (end == None)
            {
                return (kind, start);
            }

            char first = (char)text[start];
            isNameNext = first switch
            {
                '{' => true,
                ',' => open.Peek() == '{',
                ' ' or '\t' or '\n' or '\r' or '/' => isNameNext,
                _ => false,
            };
            if (first is '{' or '[')
            {
                open.Push(first);
            }
            else if (first is '}' or ']')
            {
                open.Pop();
            }

            at = end;
        }

        return (InFlightKind.None, 0);
    }

    private static (InFlightKind Kind, int End) Token(ReadOnlySpan<byte> text, int start, bool isNameNext) => (char)text[start] switch
    {
        '"' => (isNameNext ? InFlightKind.PropertyName : InFlightKind.String, EndOfString(text, start + 1)),
        't' or 'n' => (InFlightKind.Literal, Within(text, start + 4)),
        'f' => (InFlightKind.Literal, Within(text, start + 5)),
        '/' => (InFlightKind.Comment, EndOfComment(text, start)),
        '-' or (>= '0' and <= '9') => (InFlightKind.Number, EndOfNumber(text, start)),
        _ => (InFlightKind.None, start + 1),
    };

    private static int Within(ReadOnlySpan<byte> text, int end) => end <= text.Length ? end : None;

    private static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                return at + 1;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return None;
    }

    private static int EndOfNumber(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && "+-.eE0123456789".Contains((char)text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at < text.Length ? at : None;
    }

    private static int EndOfComment(ReadOnlySpan<byte> text, int start)
    {
        if (start + 1 >= text.Length)
        {
            return None;
        }

        bool isLine = text[start + 1] == '/';
        int end = isLine ? text[start..].IndexOfAny((byte)'\n', (byte)'\r') : text[(start + 2)..].IndexOf("*/"u8);
        return end < 0 ? None : start + end + (isLine ? 1 : 4);
    }
}
