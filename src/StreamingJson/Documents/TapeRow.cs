using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace StreamingJson.Documents;

/// <summary>
/// One value, or one property name, on the tape: 16 bytes.
/// </summary>
/// <remarks>
/// <code>
///            31                 6 5 3 2   0
///   Meta    | count or text bytes | f |kind|   kind: 3 bits, f: 3 flags, 26 bits of number
///   Start   | index of the first byte in the JSON, of the opening quote or bracket included   |
///   End     | index after its last byte; 0 while it is open                                   |
///   Link    | container: the row after its last descendant; escaped text: its start in the    |
///           | unescaped text; other name: the row of its object                               |
/// </code>
/// <para>Rows stand in document order. A name stands right before its value, a container right before its first child.</para>
/// <para>
/// Only rows of what is open are written to again, and only <c>End</c> says that they were: whoever looks at a tape as it was at
/// <c>n</c> bytes takes a row whose <c>End</c> is 0 or beyond <c>n</c> for open, and reads neither <c>Link</c> nor the number of it.
/// </para>
/// </remarks>
internal struct TapeRow
{
    public const int Size = 16;
    public const int LargestNumber = (1 << 26) - 1;

    private const uint KindMask = 0b111;
    private const uint FirstFlag = 0b001000;
    private const uint SecondFlag = 0b010000;
    private const uint ThirdFlag = 0b100000;
    private const int NumberShift = 6;

    private uint _meta;

    public int Start;
    public int End;
    public int Link;

    /// <summary>Begins the row anew; an open value has the end 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(TapeKind kind, int start, int end)
    {
        _meta = (uint)kind;
        Start = start;
        End = end;
    }

    /// <summary>Whether this is a name without an escape: of its meta then every bit is 0.</summary>
    public readonly bool IsPlainName => _meta == (uint)TapeKind.Name;

    public readonly TapeKind Kind => (TapeKind)(_meta & KindMask);

    /// <summary>Of a closed container: how many children, <see cref="LargestNumber"/> also for more. Of closed escaped text: its bytes.</summary>
    public readonly int Number => (int)(_meta >> NumberShift);

    /// <summary>Of a name or string: whether its text stands in the unescaped text.</summary>
    public readonly bool IsEscaped => (_meta & FirstFlag) != 0;

    /// <summary>Of a closed string: whether a surrogate escape without partner reads as U+FFFD.</summary>
    public readonly bool HasReplacedSurrogate => (_meta & SecondFlag) != 0;

    /// <summary>Of a closed container: whether a comma stands before its end.</summary>
    public readonly bool HasTrailingComma => (_meta & FirstFlag) != 0;

    /// <summary>Of a closed container: whether a comment directly inside it was skipped.</summary>
    public readonly bool HasComment => (_meta & SecondFlag) != 0;

    /// <summary>
    /// Of an object: whether a name may stand in it twice. Never true in an earlier view and false in a later one, so that an answer for
    /// the newest names is right, if slower, for fewer of them.
    /// </summary>
    public readonly bool MayRepeatNames => (_meta & ThirdFlag) != 0;

    /// <summary>Whether the value or name was whole when there were so many bytes of JSON: an end of 0 is beyond all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsClosedAt(int byteCount) => (uint)(End - 1) < (uint)byteCount;

    public void MarkMayRepeatNames() => _meta |= ThirdFlag;

    public void MarkEscaped(int textStart)
    {
        // In this order: on another thread, a view that sees the flag must not read what was here before.
        Link = textStart;
        _meta |= FirstFlag;
    }

    /// <summary>Closes a name or string.</summary>
    public void CloseText(int textBytes, int end, bool hasReplacedSurrogate = false)
    {
        _meta |= ((uint)textBytes << NumberShift) | (hasReplacedSurrogate ? SecondFlag : 0);
        End = end;
    }

    public void CloseContainer(int children, int rowAfter, bool hasTrailingComma, bool hasComment, int end)
    {
        int number = Math.Min(children, LargestNumber);
        _meta |= ((uint)number << NumberShift) | (hasTrailingComma ? FirstFlag : 0) | (hasComment ? SecondFlag : 0);
        Link = rowAfter;
        End = end;
    }
}

/// <summary>What a row stands for: the numbers of <see cref="JsonValueKind"/>, so that none has to be translated, and a name.</summary>
internal enum TapeKind : byte
{
    Name = JsonValueKind.Undefined,
    Object = JsonValueKind.Object,
    Array = JsonValueKind.Array,
    String = JsonValueKind.String,
    Number = JsonValueKind.Number,
    True = JsonValueKind.True,
    False = JsonValueKind.False,
    Null = JsonValueKind.Null,
}

internal static class TapeKinds
{
    public static JsonValueKind ToValueKind(this TapeKind kind) => (JsonValueKind)kind;

    public static void ThrowIsNot(TapeKind expected) =>
        throw new InvalidOperationException($"The value is not of the kind that was asked for ({expected.ToValueKind()}).");

    public static bool IsContainer(this TapeKind kind) => (uint)(kind - TapeKind.Object) <= TapeKind.Array - TapeKind.Object;
}
