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

    /// <summary>Arrays grow by doubling: at most twice 1.5 x the text (with the texts of escapes) and 16 bytes a row.</summary>
    public const double HeldPerNeeded = 1;

    /// <summary>
    /// 256 KiB against 64 KiB, a byte. Work that grows with the square reads as 4; what is within is the cache that the larger no longer fits.
    /// </summary>
    public const double Linearity = 1.6;

    /// <summary>
    /// Bytes allocated for each byte of the document and each chunk. Law 10, where the caller is not handed new objects: those of the task itself are
    /// a <c>JsonElement</c> for each element, and the object, its lists and the growing strings for each delta.
    /// </summary>
    public static double Allocated(string task) => task switch
    {
        "elements" or "elements by pattern" => 6,
        "typed" => 650,
        _ => 0,
    };

    /// <summary>
    /// Multiples of one pass of Utf8JsonReader, a snapshot and a field after every chunk: about twice what was measured (benchmarks/results), so that
    /// another processor does not fail and a second pass over the text does.
    /// </summary>
    public static double SnapshotRatio(ChunkSize size) => size.Bytes switch
    {
        1 => 80,
        4 => 16,
        64 => 3.2,
        _ => 2.5,
    };

    /// <summary>Provider bytes to snapshots, over one pass over the payloads: about twice what was measured, so that a payload that is read although it repeats fails.</summary>
    public static double ProtocolRatio(string protocol) => protocol switch
    {
        "openai-chat" => 0.8,
        "bedrock-converse" => 3.2,
        _ => 1.6,
    };
}
