using System;
using System.Buffers.Binary;

namespace StreamingJson.Framing;

/// <summary>One header of an AWS event stream message.</summary>
/// <remarks>
/// The spans live as long as the <see cref="Frame"/>. The typed getters throw <see cref="InvalidOperationException"/> where
/// <see cref="Type"/> is another type.
/// <code>
///   u8 name length (1..255) | name | u8 type | value
///   value by type:  0 true, 1 false: nothing | 2: i8 | 3: i16 | 4: i32 | 5: i64
///                   6 bytes, 7 string: u16 length, bytes | 8 timestamp: i64 ms | 9 uuid: 16 bytes
/// </code>
/// </remarks>
public readonly ref struct EventStreamHeader
{
    private const int HasLengthPrefix = -1;
    private const int Unknown = -2;

    private EventStreamHeader(ReadOnlySpan<byte> name, EventStreamHeaderType type, ReadOnlySpan<byte> value)
    {
        Name = name;
        Type = type;
        RawValue = value;
    }

    /// <summary>The name in UTF-8, 1 to 255 bytes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The type of the value.</summary>
    public EventStreamHeaderType Type { get; }

    /// <summary>The bytes of the value, without the length prefix that texts and bytes have.</summary>
    public ReadOnlySpan<byte> RawValue { get; }

    /// <summary>The value of a <see cref="EventStreamHeaderType.True"/> or <see cref="EventStreamHeaderType.False"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public bool GetBoolean() => Type == EventStreamHeaderType.True || (Type == EventStreamHeaderType.False ? false : throw WrongType());

    /// <summary>The value of an integer of any width (8, 16, 32 or 64 bits).</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public long GetInt64() => Type switch
    {
        EventStreamHeaderType.SByte => (sbyte)RawValue[0],
        EventStreamHeaderType.Int16 => BinaryPrimitives.ReadInt16BigEndian(RawValue),
        EventStreamHeaderType.Int32 => BinaryPrimitives.ReadInt32BigEndian(RawValue),
        EventStreamHeaderType.Int64 => BinaryPrimitives.ReadInt64BigEndian(RawValue),
        _ => throw WrongType(),
    };

    /// <summary>The value of a text: UTF-8, not validated.</summary>
    /// <returns>The bytes of the text.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public ReadOnlySpan<byte> GetUtf8String() => Type == EventStreamHeaderType.String ? RawValue : throw WrongType();

    /// <summary>The value of a byte string.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public ReadOnlySpan<byte> GetBytes() => Type == EventStreamHeaderType.Bytes ? RawValue : throw WrongType();

    /// <summary>
    /// The value of a time, in milliseconds since 1970-01-01T00:00:00Z. (A number, because the wire can say years that
    /// <see cref="DateTimeOffset"/> cannot.)
    /// </summary>
    /// <returns>Milliseconds, negative before 1970.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public long GetUnixTimeMilliseconds() =>
        Type == EventStreamHeaderType.Timestamp ? BinaryPrimitives.ReadInt64BigEndian(RawValue) : throw WrongType();

    /// <summary>The value of a UUID.</summary>
    /// <returns>The UUID; its text form shows the bytes in the order of the wire.</returns>
    /// <exception cref="InvalidOperationException">Another type.</exception>
    public Guid GetGuid()
    {
        if (Type != EventStreamHeaderType.Uuid)
        {
            throw WrongType();
        }

        ReadOnlySpan<byte> b = RawValue;
        return new Guid(
            BinaryPrimitives.ReadInt32BigEndian(b),
            BinaryPrimitives.ReadInt16BigEndian(b.Slice(4)),
            BinaryPrimitives.ReadInt16BigEndian(b.Slice(6)),
            b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
    }

    /// <summary>Reads the header that begins at <paramref name="position"/> of a header block, and moves the position behind it.</summary>
    /// <returns><see langword="false"/>: cut off, without a name, or of an unknown type.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> block, scoped ref int position, out EventStreamHeader header)
    {
        header = default;
        ReadOnlySpan<byte> rest = block.Slice(position);
        int nameLength = rest[0];
        int valueStart = nameLength + 2;
        if (nameLength == 0 || rest.Length < valueStart)
        {
            return false;
        }

        var type = (EventStreamHeaderType)rest[nameLength + 1];
        int length = FixedLength(type);
        if (length == HasLengthPrefix)
        {
            if (rest.Length < valueStart + 2)
            {
                return false;
            }

            length = BinaryPrimitives.ReadUInt16BigEndian(rest.Slice(valueStart));
            valueStart += 2;
        }

        if (length < 0 || rest.Length - valueStart < length)
        {
            return false;
        }

        header = new EventStreamHeader(rest.Slice(1, nameLength), type, rest.Slice(valueStart, length));
        position += valueStart + length;
        return true;
    }

    private static int FixedLength(EventStreamHeaderType type) => type switch
    {
        EventStreamHeaderType.True or EventStreamHeaderType.False => 0,
        EventStreamHeaderType.SByte => 1,
        EventStreamHeaderType.Int16 => 2,
        EventStreamHeaderType.Int32 => 4,
        EventStreamHeaderType.Int64 or EventStreamHeaderType.Timestamp => 8,
        EventStreamHeaderType.Uuid => 16,
        EventStreamHeaderType.Bytes or EventStreamHeaderType.String => HasLengthPrefix,
        _ => Unknown,
    };

    private static InvalidOperationException WrongType() => new("The header is of another type.");
}
