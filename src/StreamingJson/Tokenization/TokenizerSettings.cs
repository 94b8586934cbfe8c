namespace StreamingJson.Tokenization;

/// <summary>What the scanner accepts: the grammar's options and the limits on single tokens.</summary>
internal readonly struct TokenizerSettings(StreamingJsonOptions options)
{
    public readonly int MaxDepth = options.Limits.MaxDepth;
    public readonly int MaxNameBytes = options.Limits.MaxNameBytes;
    public readonly int MaxStringBytes = options.Limits.MaxStringBytes;
    public readonly int MaxNumberBytes = options.Limits.MaxNumberBytes;
    public readonly bool SkipComments = options.SkipComments;
    public readonly bool AllowTrailingCommas = options.AllowTrailingCommas;
    public readonly bool AllowMultipleValues = options.AllowMultipleValues;
    public readonly bool SkipByteOrderMark = options.SkipByteOrderMark;
    public readonly bool RefuseUnpairedSurrogates = options.UnpairedSurrogates == UnpairedSurrogateHandling.Refuse;
}
