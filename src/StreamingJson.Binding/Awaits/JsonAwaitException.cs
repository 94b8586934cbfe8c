using System;

namespace StreamingJson.Binding;

/// <summary>Why an await on a path ends without the value.</summary>
public enum JsonAwaitFailure
{
    /// <summary>The text ended before the value was complete, or before it began (<see cref="JsonOutcome.Truncated"/>).</summary>
    Truncated = 1,

    /// <summary>The text stopped being JSON before the value was complete (<see cref="JsonOutcome.Invalid"/>).</summary>
    Invalid = 2,

    /// <summary>The text is complete, and the path selects nothing in it.</summary>
    NotPresent = 3,

    /// <summary>The parser was reset or disposed before the value was complete.</summary>
    Abandoned = 4,

    /// <summary>The value is there but does not fit the type that was asked for. The text and all other awaits go on.</summary>
    Mismatch = 5,
}

/// <summary>An await on a path ended without the value that was asked for. You never get half a value.</summary>
/// <remarks>The message names the path, the reason and the place, and nothing of the text.</remarks>
public sealed class JsonAwaitException : Exception
{
    internal JsonAwaitException(JsonAwaitFailure failure, PathPattern path, long byteOffset, Exception? inner = null)
        : base(FormattableString.Invariant($"No value for {path}: {Describe(failure)} (byte offset {byteOffset})."), inner)
    {
        Failure = failure;
        Path = path;
        ByteOffset = byteOffset;
    }

    /// <summary>Why.</summary>
    public JsonAwaitFailure Failure { get; }

    /// <summary>The path that was awaited.</summary>
    public PathPattern Path { get; }

    /// <summary>
    /// Where: the 0-based offset, in bytes of UTF-8, at which the text ended or stopped being valid; for
    /// <see cref="JsonAwaitFailure.Mismatch"/> of the first byte of the value.
    /// </summary>
    public long ByteOffset { get; }

    private static string Describe(JsonAwaitFailure failure) => failure switch
    {
        JsonAwaitFailure.Truncated => "the text ended before it",
        JsonAwaitFailure.Invalid => "the text stopped being JSON before it",
        JsonAwaitFailure.NotPresent => "the text has none",
        JsonAwaitFailure.Abandoned => "the parser was reset or disposed before it",
        _ => "it does not fit the type",
    };
}
