using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StreamingJson.Documents;

namespace StreamingJson;

/// <content>What a string stands for, by the conventions of System.Text.Json. A string that still grows stands for nothing yet.</content>
public readonly partial struct PartialJsonElement
{
    /// <summary>The string as a GUID, when it is complete and one: 32 hexadecimal digits and four hyphens (format "D").</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public bool TryGetGuid(out Guid value)
    {
        value = default;
        return TryGetToken(out Utf8JsonReader token) && token.TryGetGuid(out value);
    }

    /// <summary>The string as a date, when it is complete and one: the extended profile of ISO 8601-1:2019, as <see cref="Utf8JsonReader.TryGetDateTime"/> reads it.</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public bool TryGetDateTime(out DateTime value)
    {
        value = default;
        return TryGetToken(out Utf8JsonReader token) && token.TryGetDateTime(out value);
    }

    /// <inheritdoc cref="TryGetDateTime"/>
    public bool TryGetDateTimeOffset(out DateTimeOffset value)
    {
        value = default;
        return TryGetToken(out Utf8JsonReader token) && token.TryGetDateTimeOffset(out value);
    }

    /// <summary>The bytes that the string stands for, as a new array, when it is complete and in base64 (RFC 4648, section 4, padded).</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public bool TryGetBytesFromBase64([NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        return TryGetToken(out Utf8JsonReader token) && token.TryGetBytesFromBase64(out value);
    }

    /// <inheritdoc cref="TryGetGuid"/>
    /// <exception cref="FormatException">It is not complete, or not a GUID.</exception>
    public Guid GetGuid() => TryGetGuid(out Guid value) ? value : throw NoSuchString();

    /// <inheritdoc cref="TryGetDateTime"/>
    /// <exception cref="FormatException">It is not complete, or not a date.</exception>
    public DateTime GetDateTime() => TryGetDateTime(out DateTime value) ? value : throw NoSuchString();

    /// <inheritdoc cref="TryGetDateTime"/>
    /// <exception cref="FormatException">It is not complete, or not a date.</exception>
    public DateTimeOffset GetDateTimeOffset() => TryGetDateTimeOffset(out DateTimeOffset value) ? value : throw NoSuchString();

    /// <inheritdoc cref="TryGetBytesFromBase64"/>
    /// <exception cref="FormatException">It is not complete, or not in base64.</exception>
    public byte[] GetBytesFromBase64() => TryGetBytesFromBase64(out byte[]? value) ? value : throw NoSuchString();

    // A replaced surrogate stands in none of these, and the reader would throw for it.
    private bool TryGetToken(out Utf8JsonReader token)
    {
        EnsureKind(TapeKind.String);
        if (!IsComplete || (Leniencies & JsonLeniencies.ReplacedSurrogate) != 0)
        {
            token = default;
            return false;
        }

        token = new Utf8JsonReader(RawUtf8);
        return token.Read();
    }

    private static FormatException NoSuchString() => new("The string is not complete, or does not stand for what was asked for.");
}
