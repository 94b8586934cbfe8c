using System;
using System.Text.Json;

namespace StreamingJson.Binding;

/// <summary>
/// A value of a text does not fit the type that it is read as. The text itself may be valid, and the parser goes on. It is certain as
/// soon as the value is complete, and stays.
/// </summary>
/// <remarks>
/// Which value it is depends on the bytes alone, not on when partials were read (law 1): the first that does not fit, in the order in
/// which they complete. The message names the place by the names that the type has and by indexes, and a name that only the text has as <c>*</c>: it repeats nothing of
/// the text. <see cref="Exception.InnerException"/> is what the serializer, a converter or a constructor threw.
/// </remarks>
public sealed class PartialBindingException : JsonException
{
    internal PartialBindingException(string misfit, string pointer, long byteOffset, Exception? inner)
        : base(FormattableString.Invariant($"{misfit} (byte offset {byteOffset})."), inner)
    {
        Pointer = pointer;
        ByteOffset = byteOffset;
    }

    /// <summary>The RFC 6901 pointer of the value that does not fit; empty for the root.</summary>
    public string Pointer { get; }

    /// <summary>Where that value begins: a 0-based offset, in bytes of UTF-8 from the beginning of the text.</summary>
    public long ByteOffset { get; }
}
