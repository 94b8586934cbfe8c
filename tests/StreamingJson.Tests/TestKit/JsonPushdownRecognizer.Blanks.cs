using System;

namespace StreamingJson.Tests.TestKit;

/// <summary>Between the tokens: white space and comments; and UTF-8, which strings and comments share.</summary>
public sealed partial class JsonPushdownRecognizer
{
    private Func<byte, bool> _afterComment;
    private Func<byte, bool> _afterSequence;
    private byte _lowest;
    private byte _highest;
    private int _continuations;

    /// <summary>White space, or the slash that begins a comment, after which the present state goes on.</summary>
    private bool IsBlank(byte b)
    {
        if (b == '/' && _options.SkipComments)
        {
            _afterComment = _state;
            return Go(AfterSlash);
        }

        return IsWhiteSpace(b);
    }

    private static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private bool AfterSlash(byte b) => b == '/' ? Go(LineComment) : b == '*' && Go(BlockComment);

    private bool LineComment(byte b) => b switch
    {
        (byte)'\n' or (byte)'\r' => Go(_afterComment),
        0xE2 => Go(LineCommentAfterE2),
        < 0x80 => true,
        _ => BeginSequence(b, LineComment),
    };

    private bool LineCommentAfterE2(byte b) => b == 0x80 ? Go(LineCommentAfterE280) : Expect(0x80, 0xBF, 2, LineComment) && Continuation(b);

    /// <summary>E2 80 A8 and A9 are the line and the paragraph separator: whether they end a line comment is disputed, so they are refused.</summary>
    private bool LineCommentAfterE280(byte b) => b is >= 0x80 and <= 0xBF and not 0xA8 and not 0xA9 && Go(LineComment);

    private bool BlockComment(byte b) => b switch
    {
        (byte)'*' => Go(BlockCommentAfterStar),
        < 0x80 => Go(BlockComment),
        _ => BeginSequence(b, BlockComment),
    };

    private bool BlockCommentAfterStar(byte b) => b == '/' ? Go(_afterComment) : BlockComment(b);

    /// <summary>The table of RFC 3629, section 4: what may follow the first byte of a sequence.</summary>
    private bool BeginSequence(byte b, Func<byte, bool> after) => b switch
    {
        >= 0xC2 and <= 0xDF => Expect(0x80, 0xBF, 1, after),
        0xE0 => Expect(0xA0, 0xBF, 2, after), // less is overlong
        0xED => Expect(0x80, 0x9F, 2, after), // more is a surrogate
        >= 0xE1 and <= 0xEF => Expect(0x80, 0xBF, 2, after),
        0xF0 => Expect(0x90, 0xBF, 3, after), // less is overlong
        >= 0xF1 and <= 0xF3 => Expect(0x80, 0xBF, 3, after),
        0xF4 => Expect(0x80, 0x8F, 3, after), // more is beyond U+10FFFF
        _ => false,
    };

    private bool Expect(byte lowest, byte highest, int continuations, Func<byte, bool> after)
    {
        (_lowest, _highest, _continuations, _afterSequence) = (lowest, highest, continuations, after);
        return Go(Continuation);
    }

    private bool Continuation(byte b)
    {
        if (b < _lowest || b > _highest)
        {
            return false;
        }

        int left = _continuations - 1;
        return left == 0 ? Go(_afterSequence) : Expect(0x80, 0xBF, left, _afterSequence);
    }
}
