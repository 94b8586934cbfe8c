namespace StreamingJson.Binding;

/// <summary>What a <see cref="JsonPatchWriter"/> writes. Immutable; may be shared.</summary>
public sealed record JsonPatchOptions
{
    /// <summary>RFC 6902 and <c>append</c>, one array a batch.</summary>
    public static JsonPatchOptions Default { get; } = new();

    /// <summary>
    /// Whether only operations of RFC 6902 are written: a string that grew is then replaced by all of its text, so that the bytes are
    /// quadratic in the length of a string, divided by what comes to it in a batch. Write seldom then (<see cref="Pace"/>). False by
    /// default.
    /// </summary>
    public bool StandardOnly { get; init; }

    /// <summary>Whether each operation is an object on a line of its own, ended by LF, instead of all of a batch in one array. False by default.</summary>
    public bool OperationPerLine { get; init; }
}
