namespace StreamingJson.Binding;

/// <summary>How reading a stream ended.</summary>
public enum StreamOutcome
{
    /// <summary>It has not ended.</summary>
    Running = 0,

    /// <summary>What was read is complete (<see cref="JsonOutcome.Complete"/>).</summary>
    Complete = 1,

    /// <summary>It ended too early (<see cref="JsonOutcome.Truncated"/>).</summary>
    Truncated = 2,

    /// <summary>It stopped being what it should be (<see cref="JsonOutcome.Invalid"/>).</summary>
    Invalid = 3,

    /// <summary>A <see cref="PathGuard"/> stopped it: <see cref="StreamStop"/> says where.</summary>
    Stopped = 4,
}

/// <summary>Where a <see cref="PathGuard"/> stopped a stream.</summary>
public sealed class StreamStop
{
    internal StreamStop(PathPattern path, string pointer, long byteOffset)
    {
        Path = path;
        Pointer = pointer;
        ByteOffset = byteOffset;
    }

    /// <summary>The path of the guard.</summary>
    public PathPattern Path { get; }

    /// <summary>The RFC 6901 pointer of the value that made it stop.</summary>
    public string Pointer { get; }

    /// <summary>The 0-based offset, in bytes of UTF-8, of that value's first byte. It does not depend on how the text was cut.</summary>
    public long ByteOffset { get; }

    /// <summary>The path, the pointer and the offset; nothing of the value.</summary>
    public override string ToString() => System.FormattableString.Invariant($"{Path} stopped the stream at {Pointer} (byte offset {ByteOffset})");
}
