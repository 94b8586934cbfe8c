using System;

namespace StreamingJson.Tests.TestKit;

/// <summary>Inside a literal, a number, a string.</summary>
public sealed partial class JsonPushdownRecognizer
{
    private string _restOfLiteral = "";
    private bool _isName;

    private bool BeginLiteral(string rest)
    {
        _restOfLiteral = rest;
        return Go(Literal);
    }

    private bool Literal(byte b)
    {
        if (b != _restOfLiteral[0])
        {
            return false;
        }

        _restOfLiteral = _restOfLiteral[1..];
        return _restOfLiteral.Length > 0 || Go(AfterValue);
    }

    private bool AfterMinus(byte b) => b == '0' ? Go(AfterZero) : IsDigit(b) && Go(IntegerDigits);

    private bool AfterZero(byte b) => !IsDigit(b) && AfterInteger(b);

    private bool IntegerDigits(byte b) => IsDigit(b) || AfterInteger(b);

    private bool AfterInteger(byte b) => b == '.' ? Go(AfterPoint) : AfterFraction(b);

    private bool AfterPoint(byte b) => IsDigit(b) && Go(FractionDigits);

    private bool FractionDigits(byte b) => IsDigit(b) || AfterFraction(b);

    private bool AfterFraction(byte b) => b is (byte)'e' or (byte)'E' ? Go(AfterE) : EndNumber(b);

    private bool AfterE(byte b) => b is (byte)'+' or (byte)'-' ? Go(AfterExponentSign) : AfterExponentSign(b);

    private bool AfterExponentSign(byte b) => IsDigit(b) && Go(ExponentDigits);

    private bool ExponentDigits(byte b) => IsDigit(b) || EndNumber(b);

    private bool EndNumber(byte b)
    {
        // Between root values a number is the only one that needs a delimiter.
        bool delimited = _open.Count > 0 || IsWhiteSpace(b) || b == '/';
        return delimited && Reread(AfterValue, b);
    }

    private bool NumberMayEnd(Func<byte, bool> state) =>
        state == AfterZero || state == IntegerDigits || state == FractionDigits || state == ExponentDigits;

    private bool BeginString(bool isName)
    {
        _isName = isName;
        return Go(InString);
    }

    private bool InString(byte b) => b switch
    {
        (byte)'"' => Go(_isName ? BeforeColon : AfterValue),
        (byte)'\\' => Go(AfterBackslash),
        < 0x20 => false,
        < 0x80 => true,
        _ => BeginSequence(b, InString),
    };

    private bool AfterBackslash(byte b) => b == 'u' ? Go(EscapeDigit1) : "\"\\/bfnrt".Contains((char)b) && Go(InString);

    private bool EscapeDigit1(byte b)
    {
        bool maybeSurrogate = _options.RefuseUnpairedSurrogates && b is (byte)'d' or (byte)'D';
        return IsHexDigit(b) && Go(maybeSurrogate ? EscapeDigit2AfterD : EscapeDigit2);
    }

    private bool EscapeDigit2(byte b) => IsHexDigit(b) && Go(EscapeDigit3);

    private bool EscapeDigit3(byte b) => IsHexDigit(b) && Go(EscapeDigit4);

    private bool EscapeDigit4(byte b) => IsHexDigit(b) && Go(InString);

    /// <summary>D0..D7 is a letter, D8..DB a high surrogate; DC..DF is a low one that nothing announced.</summary>
    private bool EscapeDigit2AfterD(byte b) => (char)b switch
    {
        >= '0' and <= '7' => Go(EscapeDigit3),
        '8' or '9' or 'a' or 'b' or 'A' or 'B' => Go(HighDigit3),
        _ => false,
    };

    private bool HighDigit3(byte b) => IsHexDigit(b) && Go(HighDigit4);

    private bool HighDigit4(byte b) => IsHexDigit(b) && Go(AfterHighSurrogate);

    private bool AfterHighSurrogate(byte b) => b == '\\' && Go(LowLetter);

    private bool LowLetter(byte b) => b == 'u' && Go(LowDigit1);

    private bool LowDigit1(byte b) => b is (byte)'d' or (byte)'D' && Go(LowDigit2);

    private bool LowDigit2(byte b) => (char)b is (>= 'c' and <= 'f') or (>= 'C' and <= 'F') && Go(EscapeDigit3);

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsHexDigit(byte b) => char.IsAsciiHexDigit((char)b);
}
