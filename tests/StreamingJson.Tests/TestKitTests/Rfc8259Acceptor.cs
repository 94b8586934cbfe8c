using System;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>
/// The grammar of RFC 8259 by recursive descent, for short ASCII texts: the third opinion that a brute-force check of the recogniser asks
/// millions of times, where an exception for each refusal would be too slow.
/// </summary>
internal ref struct Rfc8259Acceptor
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private Rfc8259Acceptor(ReadOnlySpan<byte> text) => _text = text;

    public static bool Accepts(ReadOnlySpan<byte> text)
    {
        var acceptor = new Rfc8259Acceptor(text);
        return acceptor.Padded() && acceptor._at == text.Length;
    }

    private bool Padded()
    {
        Blanks();
        if (!Value())
        {
            return false;
        }

        Blanks();
        return true;
    }

    private bool Value() => Peek() switch
    {
        '{' => List('{', '}'),
        '[' => List('[', ']'),
        '"' => Text(),
        't' => Word("true"u8),
        'f' => Word("false"u8),
        'n' => Word("null"u8),
        _ => Number(),
    };

    private bool List(char open, char close)
    {
        Eat(open);
        Blanks();
        if (Eat(close))
        {
            return true;
        }

        do
        {
            Blanks();
            if (open == '{' && !(Text() && Colon()))
            {
                return false;
            }

            if (!Padded())
            {
                return false;
            }
        }
        while (Eat(','));

        return Eat(close);
    }

    private bool Colon()
    {
        Blanks();
        return Eat(':');
    }

    private bool Text()
    {
        if (!Eat('"'))
        {
            return false;
        }

        while (_at < _text.Length && _text[_at] is >= 0x20 and < 0x80 and not (byte)'"')
        {
            if (_text[_at++] == '\\' && !Escape())
            {
                return false;
            }
        }

        return Eat('"');
    }

    private bool Escape()
    {
        if (!Eat('u'))
        {
            return _at < _text.Length && "\"\\/bfnrt"u8.Contains(_text[_at++]);
        }

        for (int i = 0; i < 4; i++)
        {
            if (!char.IsAsciiHexDigit(Peek()))
            {
                return false;
            }

            _at++;
        }

        return true;
    }

    private bool Number()
    {
        Eat('-');
        return (Eat('0') || Digits())
            && (!Eat('.') || Digits())
            && (!(Eat('e') || Eat('E')) || ((Eat('+') || Eat('-') || true) && Digits()));
    }

    private bool Digits()
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        return _at > start;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        bool found = _text[_at..].StartsWith(word);
        _at += found ? word.Length : 0;
        return found;
    }

    private void Blanks()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private readonly char Peek() => _at < _text.Length ? (char)_text[_at] : '\uFFFF';

    private bool Eat(char c)
    {
        bool found = Peek() == c;
        _at += found ? 1 : 0;
        return found;
    }
}
