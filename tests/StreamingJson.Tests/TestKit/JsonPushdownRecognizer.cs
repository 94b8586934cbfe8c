using System;
using System.Collections.Generic;

namespace StreamingJson.Tests.TestKit;

/// <summary>What may be said of a text that may go on.</summary>
public enum RecognizerOutcome
{
    /// <summary>The beginning of a valid text, and not yet one itself.</summary>
    Prefix,

    /// <summary>A valid text as it stands; white space, and more digits of a root number, may still follow.</summary>
    Complete,

    /// <summary>No continuation makes it valid.</summary>
    Invalid,
}

/// <summary>The verdict, and the offset of the first byte with which the text stopped being the beginning of a valid one (-1: none).</summary>
public readonly record struct RecognizerVerdict(RecognizerOutcome Outcome, long ErrorOffset)
{
    public override string ToString() => Outcome == RecognizerOutcome.Invalid ? $"Invalid at {ErrorOffset}" : Outcome.ToString();
}

/// <summary>The leniencies of System.Text.Json, and what it leaves open. The default is RFC 8259.</summary>
public sealed record RecognizerOptions
{
    public static RecognizerOptions Rfc8259 { get; } = new();

    /// <summary>The bracket that would open one level more is refused.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    public bool AllowTrailingCommas { get; init; }

    public bool SkipComments { get; init; }

    /// <summary>Whether a comment may stand between a name and its colon; Utf8JsonReader refuses it there, and only there.</summary>
    public bool CommentsBeforeColon { get; init; } = true;

    public bool RefuseUnpairedSurrogates { get; init; }

    public bool AllowByteOrderMark { get; init; }

    /// <summary>
    /// Any number of root values, none included. A number still needs white space, a comment or the end after it: <c>12</c> is one
    /// number and <c>1{}</c> is refused, <c>{}{}</c> and <c>true1</c> are two values each, as Utf8JsonReader has it.
    /// </summary>
    public bool AllowMultipleValues { get; init; }
}

/// <summary>
/// A naive recogniser of JSON texts: one byte at a time, one method for each place in the grammar, an explicit stack for the brackets.
/// It is the oracle of "invalid means now", so it is written to be believed on reading, and knows nothing of speed.
/// </summary>
public sealed partial class JsonPushdownRecognizer
{
    private readonly RecognizerOptions _options;
    private readonly Stack<byte> _open = new();
    private Func<byte, bool> _state;
    private long _taken;
    private long _errorOffset = -1;

    public JsonPushdownRecognizer(RecognizerOptions? options = null)
    {
        _options = options ?? RecognizerOptions.Rfc8259;
        _state = Start;
        _afterComment = Start;
        _afterSequence = Start;
    }

    public RecognizerVerdict Verdict => _errorOffset >= 0
        ? new RecognizerVerdict(RecognizerOutcome.Invalid, _errorOffset)
        : new RecognizerVerdict(MayEndHere() ? RecognizerOutcome.Complete : RecognizerOutcome.Prefix, -1);

    public static RecognizerVerdict Recognize(ReadOnlySpan<byte> text, RecognizerOptions? options = null)
    {
        var recognizer = new JsonPushdownRecognizer(options);
        foreach (byte b in text)
        {
            if (!recognizer.Take(b))
            {
                break;
            }
        }

        return recognizer.Verdict;
    }

    /// <summary>Takes the next byte; false from the first impossible one on.</summary>
    public bool Take(byte b)
    {
        if (_errorOffset < 0 && !_state(b))
        {
            _errorOffset = _taken;
        }

        _taken++;
        return _errorOffset < 0;
    }

    private bool Go(Func<byte, bool> next)
    {
        _state = next;
        return true;
    }

    /// <summary>The byte is not part of what came before: the next state reads it.</summary>
    private bool Reread(Func<byte, bool> next, byte b)
    {
        _state = next;
        return next(b);
    }

    private bool MayEndHere()
    {
        Func<byte, bool> state = _state == LineComment ? _afterComment : _state;
        bool afterValue = state == AfterValue || NumberMayEnd(state);
        bool noValueYet = state == Start || state == RootValue;
        return _open.Count == 0 && (afterValue || (noValueYet && _options.AllowMultipleValues));
    }

    private bool Start(byte b) => b == 0xEF && _options.AllowByteOrderMark ? Go(ByteOrderMark2) : Reread(RootValue, b);

    private bool ByteOrderMark2(byte b) => b == 0xBB && Go(ByteOrderMark3);

    private bool ByteOrderMark3(byte b) => b == 0xBF && Go(RootValue);

    private bool RootValue(byte b) => IsBlank(b) || BeginValue(b);

    private bool ArrayFirst(byte b) => IsBlank(b) || (b == ']' ? Close() : BeginValue(b));

    private bool ArrayNext(byte b) => IsBlank(b) || (b == ']' ? _options.AllowTrailingCommas && Close() : BeginValue(b));

    private bool ObjectFirst(byte b) => IsBlank(b) || (b == '}' ? Close() : BeginName(b));

    private bool ObjectNext(byte b) => IsBlank(b) || (b == '}' ? _options.AllowTrailingCommas && Close() : BeginName(b));

    private bool BeforeColon(byte b)
    {
        bool blank = _options.CommentsBeforeColon ? IsBlank(b) : IsWhiteSpace(b);
        return blank || (b == ':' && Go(ObjectValue));
    }

    private bool ObjectValue(byte b) => IsBlank(b) || BeginValue(b);

    private bool AfterValue(byte b)
    {
        if (IsBlank(b))
        {
            return true;
        }

        if (_open.Count == 0)
        {
            return _options.AllowMultipleValues && BeginValue(b);
        }

        return _open.Peek() == '['
            ? b == ',' ? Go(ArrayNext) : b == ']' && Close()
            : b == ',' ? Go(ObjectNext) : b == '}' && Close();
    }

    private bool BeginValue(byte b) => (char)b switch
    {
        '{' => Open(b, ObjectFirst),
        '[' => Open(b, ArrayFirst),
        '"' => BeginString(isName: false),
        't' => BeginLiteral("rue"),
        'f' => BeginLiteral("alse"),
        'n' => BeginLiteral("ull"),
        '-' => Go(AfterMinus),
        '0' => Go(AfterZero),
        >= '1' and <= '9' => Go(IntegerDigits),
        _ => false,
    };

    private bool BeginName(byte b) => b == '"' && BeginString(isName: true);

    private bool Open(byte bracket, Func<byte, bool> first)
    {
        if (_open.Count >= _options.MaxDepth)
        {
            return false;
        }

        _open.Push(bracket);
        return Go(first);
    }

    private bool Close()
    {
        _open.Pop();
        return Go(AfterValue);
    }
}
