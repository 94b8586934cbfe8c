namespace StreamingJson;

/// <summary>Of which operations a <see cref="ParserObserver"/> wants to be told; each contains those before it.</summary>
internal enum OperationKinds
{
    /// <summary>Those by which a value, or several, became complete.</summary>
    Ends = 0,

    /// <summary>Those by which a value began or became complete.</summary>
    Changes = 1,

    /// <summary>All: also those that brought text, nothing, or an error.</summary>
    All = 2,
}
