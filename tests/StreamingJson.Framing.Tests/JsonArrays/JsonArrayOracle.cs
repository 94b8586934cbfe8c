using System;
using System.Globalization;
using System.Text;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// The elements of a top-level array, found by recursive descent over the whole text. It knows the brackets by nesting of calls where the
/// reader counts.
/// </summary>
internal sealed class JsonArrayOracle(string text, bool deliverUnterminated)
{
    private readonly StringBuilder _log = new();
    private int _at;

    public static string Interpret(string text, bool deliverUnterminated)
    {
        var oracle = new JsonArrayOracle(text, deliverUnterminated);
        try
        {
            oracle.ReadRoot();
            oracle.End("", -1);
        }
        catch (UnexpectedException e)
        {
            oracle.End(e.Code.ToString(), e.Offset);
        }

        return oracle._log.ToString();
    }

    private void End(string code, int offset) => _log.Append(CultureInfo.InvariantCulture, $"error {code} at {offset}; id ''; retry ");

    private void ReadRoot()
    {
        SkipBlanks();
        if (Peek() == '{')
        {
            ReadElement();
        }
        else
        {
            Expect('[');
            SkipBlanks();
            if (Peek() != ']')
            {
                ReadElement();
                SkipBlanks();
                while (Peek() == ',')
                {
                    _at++;
                    SkipBlanks();
                    ReadElement();
                    SkipBlanks();
                }
            }

            Expect(']');
        }

        SkipBlanks();
        if (_at < text.Length)
        {
            throw new UnexpectedException(FramingErrorCode.UnexpectedByte, _at);
        }
    }

    private void ReadElement()
    {
        int start = _at;
        FrameFlags flags = FrameFlags.None;
        try
        {
            char first = Peek();
            if (first == '"')
            {
                ReadString();
            }
            else if (first is '[' or '{')
            {
                ReadContainer();
            }
            else
            {
                ReadLiteral();
            }
        }
        catch (UnexpectedException e) when (e.Code == FramingErrorCode.UnexpectedEnd)
        {
            if (deliverUnterminated && start < text.Length)
            {
                Log(start, FrameFlags.Unterminated);
            }

            throw;
        }

        Log(start, flags);
    }

    private void Log(int start, FrameFlags flags) =>
        _log.AppendLine(CultureInfo.InvariantCulture, $"{start}..{_at} {flags} type '' id '' data '{text[start.._at]}' line '' ");

    private void ReadContainer()
    {
        _at++;
        while (Peek() is not (']' or '}'))
        {
            switch (Peek())
            {
                case '"':
                    ReadString();
                    break;
                case '[' or '{':
                    ReadContainer();
                    break;
                default:
                    _at++;
                    break;
            }
        }

        _at++;
    }

    private void ReadString()
    {
        _at++;
        while (Peek() != '"')
        {
            _at += Peek() == '\\' ? 2 : 1;
            _at = Math.Min(_at, text.Length);
        }

        _at++;
    }

    private void ReadLiteral()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '-' or '+' or '.')
        {
            _at++;
        }

        if (_at == start || Peek() is not (' ' or '\t' or '\r' or '\n' or ',' or ']'))
        {
            throw new UnexpectedException(FramingErrorCode.UnexpectedByte, _at);
        }
    }

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
        {
            throw new UnexpectedException(FramingErrorCode.UnexpectedByte, _at);
        }

        _at++;
    }

    private char Peek() => _at < text.Length ? text[_at] : throw new UnexpectedException(FramingErrorCode.UnexpectedEnd, text.Length);

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private sealed class UnexpectedException(FramingErrorCode code, int offset) : Exception
    {
        public FramingErrorCode Code { get; } = code;

        public int Offset { get; } = offset;
    }
}
