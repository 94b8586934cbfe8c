using System;

namespace StreamingJson.Binding;

/// <summary>What a <see cref="JsonPatchWriter"/> writes. Immutable; may be shared.</summary>
public sealed record JsonPatchOptions
{
    /// <summary>RFC 6902 and <c>append</c>, one array per batch.</summary>
    public static JsonPatchOptions Default { get; } = new();

    /// <summary>
    /// Whether only operations of RFC 6902 are written: a string that grew is then replaced by all of its text, so the bytes are
    /// quadratic in the length of a string, divided by what a batch adds to it. Write less often then (<see cref="Pace"/>). False by
    /// default.
    /// </summary>
    public bool StandardOnly { get; init; }

    /// <summary>
    /// Where in the client's document the text belongs: a pointer (RFC 6901) that every path begins with. Empty, the default: the text is the document.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no pointer.</exception>
    public string PathPrefix
    {
        get;
        init => field = IsPointer(value ?? throw new ArgumentNullException(nameof(value)))
            ? value
            : throw new ArgumentException("A pointer is empty or begins with '/', and '~' stands only in '~0' and '~1'.", nameof(value));
    } = string.Empty;

    /// <summary>Whether each operation is an object on a line of its own, ended by LF, instead of all of a batch in one array. False by default.</summary>
    public bool OperationPerLine { get; init; }

    private static bool IsPointer(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ('0' or '1')))
            {
                return false;
            }
        }

        return text.Length == 0 || text[0] == '/';
    }
}
