using System;
using System.Collections.Generic;
using System.Text;

namespace StreamingJson.Paths;

/// <summary>Reads the text of a pattern, by the grammar of RFC 9535, appendix A. The first error ends it.</summary>
internal sealed class PathPatternParser(string text)
{
    // RFC 9535, section 2.1: numbers are those of I-JSON.
    private const long LargestNumber = (1L << 53) - 1;

    private const char EndOfText = '\0';

    private int _at;

    public PathPatternException? Error { get; private set; }

    private char Current => _at < text.Length ? text[_at] : EndOfText;

    public bool TryParse(out List<PathSegment> segments)
    {
        segments = [];
        int unpaired = PathNames.IndexOfUnpairedSurrogate(text.AsSpan());
        if (unpaired >= 0)
        {
            return Fail("a surrogate has no partner", unpaired);
        }

        if (Current != '$')
        {
            return Fail(
                Current switch
                {
                    '@' => "a pattern begins at the root, with '$'",
                    '/' => "a pattern begins with '$'; '/...' is a JSON pointer",
                    _ => "a pattern begins with '$'",
                },
                _at);
        }

        _at++;
        while (_at < text.Length)
        {
            int beforeBlanks = _at;
            SkipBlanks();
            if (_at == text.Length)
            {
                return Fail("nothing may follow the last segment", beforeBlanks);
            }

            if (!TryReadSegment(segments))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadSegment(List<PathSegment> segments)
    {
        bool isDescendant = false;
        if (Current == '.')
        {
            _at++;
            isDescendant = Current == '.';
            _at += isDescendant ? 1 : 0;
            if (!(isDescendant && Current == '['))
            {
                return TryReadShorthand(isDescendant, segments);
            }
        }
        else if (Current == '(')
        {
            return Refuse("functions", _at);
        }
        else if (Current != '[')
        {
            return Fail("a segment begins with '.' or '['", _at);
        }

        var selectors = new List<PathSelector>();
        do
        {
            _at++; // the bracket or the comma
            SkipBlanks();
            if (!TryReadSelector(selectors))
            {
                return false;
            }

            SkipBlanks();
        }
        while (Current == ',');

        if (Current != ']')
        {
            return Current == '(' ? Refuse("functions", _at) : Fail("a ',' or ']' is expected", _at);
        }

        _at++;
        segments.Add(new PathSegment(isDescendant, selectors));
        return true;
    }

    private bool TryReadShorthand(bool isDescendant, List<PathSegment> segments)
    {
        int start = _at;
        if (Current == '*')
        {
            _at++;
            segments.Add(new PathSegment(isDescendant, [PathSelector.Wildcard]));
            return true;
        }

        if (!PathNames.IsFirst(Current))
        {
            return Fail("a name or '*' is expected after '.'; other names stand in brackets and quotes", _at);
        }

        while (PathNames.IsNext(Current))
        {
            _at++;
        }

        segments.Add(new PathSegment(isDescendant, [PathSelector.ForName(text.Substring(start, _at - start))]));
        return true;
    }

    private bool TryReadSelector(List<PathSelector> selectors)
    {
        switch (Current)
        {
            case '\'' or '"':
                return TryReadQuotedName(selectors);
            case '*':
                _at++;
                selectors.Add(PathSelector.Wildcard);
                return true;
            case '?':
                return Refuse("a filter looks at what has not been written yet", _at);
            case ':' or '-' or (>= '0' and <= '9'):
                return TryReadIndexOrSlice(selectors);
            default:
                return Fail("a selector is expected: a name in quotes, an index, a slice or '*'", _at);
        }
    }

    private bool TryReadIndexOrSlice(List<PathSelector> selectors)
    {
        long start = 0;
        long end = PathSelector.NoEnd;
        long step = 1;
        if (Current != ':')
        {
            if (!TryReadNumber("an index from the end needs the end of the array", out start))
            {
                return false;
            }

            int afterNumber = _at;
            SkipBlanks();
            if (Current != ':')
            {
                _at = afterNumber;
                selectors.Add(PathSelector.ForIndex(start));
                return true;
            }
        }

        _at++;
        SkipBlanks();
        if (IsNumber && !TryReadNumber("a slice bound from the end needs the end of the array", out end))
        {
            return false;
        }

        SkipBlanks();
        if (Current == ':')
        {
            _at++;
            SkipBlanks();
            if (IsNumber && !TryReadNumber("a slice that runs backwards needs the end of the array", out step))
            {
                return false;
            }
        }

        selectors.Add(PathSelector.ForSlice(start, end, step));
        return true;
    }

    private bool IsNumber => Current is '-' or (>= '0' and <= '9');

    private bool TryReadNumber(string whyNotNegative, out long number)
    {
        int start = _at;
        number = 0;
        bool isNegative = Current == '-';
        _at += isNegative ? 1 : 0;
        int digits = _at;
        for (; Current is >= '0' and <= '9'; _at++)
        {
            number = (number * 10) + (Current - '0');
            if (number > LargestNumber)
            {
                return Fail("the number is beyond 2^53-1", start);
            }
        }

        if (_at == digits)
        {
            return Fail("a digit is expected after '-'", _at);
        }

        if (text[digits] == '0' && (_at - digits > 1 || isNegative))
        {
            return Fail(isNegative ? "a number is not '-0'" : "a number has no leading zero", digits);
        }

        return !isNegative || Refuse(whyNotNegative, start);
    }

    private bool TryReadQuotedName(List<PathSelector> selectors)
    {
        char quote = Current;
        var name = new StringBuilder();
        _at++;
        while (Current != quote || _at == text.Length)
        {
            if (_at == text.Length)
            {
                return Fail("the name in quotes does not end", _at);
            }

            if (Current < ' ')
            {
                return Fail("a control character has to be escaped", _at);
            }

            if (Current != '\\')
            {
                name.Append(text[_at++]);
            }
            else if (!TryReadEscape(quote, name))
            {
                return false;
            }
        }

        _at++;
        selectors.Add(PathSelector.ForName(name.ToString()));
        return true;
    }

    private bool TryReadEscape(char quote, StringBuilder name)
    {
        int start = _at++;
        char letter = Current;
        if (letter == 'u')
        {
            return TryReadUnicodeEscape(start, name);
        }

        char meant = letter switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' or '\\' => letter,
            _ => letter == quote && _at < text.Length ? letter : EndOfText,
        };
        if (meant == EndOfText)
        {
            return Fail("not an escape", start);
        }

        _at++;
        name.Append(meant);
        return true;
    }

    private bool TryReadUnicodeEscape(int start, StringBuilder name)
    {
        if (!TryReadHex(out char unit))
        {
            return Fail("'\\u' is not followed by four hexadecimal digits", start);
        }

        name.Append(unit);
        if (!char.IsSurrogate(unit))
        {
            return true;
        }

        bool isPair = char.IsHighSurrogate(unit) && Current == '\\' && _at + 1 < text.Length && text[_at + 1] == 'u';
        _at += isPair ? 1 : 0;
        if (!isPair || !TryReadHex(out char low) || !char.IsLowSurrogate(low))
        {
            return Fail("a surrogate escape has no partner", start);
        }

        name.Append(low);
        return true;
    }

    // From the 'u' on.
    private bool TryReadHex(out char unit)
    {
        int value = 0;
        int end = _at + 5;
        for (_at++; _at < end; _at++)
        {
            int digit = Current <= 'f' ? Text.JsonBytes.HexValue((byte)Current) : -1;
            if (digit < 0)
            {
                unit = EndOfText;
                return false;
            }

            value = (value << 4) | digit;
        }

        unit = (char)value;
        return true;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private bool Fail(string reason, int position) => End(new PathPatternException(reason, position, isOutsideSubset: false));

    private bool Refuse(string reason, int position) => End(new PathPatternException(reason, position, isOutsideSubset: true));

    private bool End(PathPatternException error)
    {
        Error = error;
        return false;
    }
}
