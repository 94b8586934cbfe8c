namespace StreamingJson.Benchmarks.Gate;

/// <summary>The committed bounds. A change that needs a larger one says so in its commit.</summary>
internal static class GateBounds
{
    /// <summary>Law 9.</summary>
    public const double ExaminedPerByte = 3;

    /// <summary>
    /// Every byte once; while the arrays of a new parser grow by doubling, less than twice the text again, and as much for the texts with escapes.
    /// </summary>
    public const double CopiedPerByte = 5;

    /// <summary>A row for each name and value.</summary>
    public const double RowsPerToken = 1;

    /// <summary>Law 10.</summary>
    public const double Allocated = 0;

    /// <summary>Arrays grow by doubling: at most twice 1.5 x the text (with the texts of escapes) and 16 bytes a row.</summary>
    public const double HeldPerNeeded = 1;

    /// <summary>256 KiB against 64 KiB, a byte.</summary>
    public const double Linearity = 1.25;

    /// <summary>
    /// Multiples of one pass of Utf8JsonReader, a snapshot and a field after every chunk: about twice what was measured (benchmarks/results), so that
    /// another processor does not fail and a second pass over the text does.
    /// </summary>
    public static double SnapshotRatio(string document, ChunkSize size) => (document, size.Bytes) switch
    {
        (_, 1) => 40,
        (_, 4) => 10,
        (_, 64) => 3.2,
        _ => 2.5,
    };

    /// <summary>Provider bytes to snapshots, over one pass over the payloads.</summary>
    public static double ProtocolRatio(string protocol) => protocol == "bedrock-converse" ? 4 : 3;
}
