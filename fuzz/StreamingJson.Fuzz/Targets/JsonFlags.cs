using StreamingJson.Fuzz.Engine;

namespace StreamingJson.Fuzz.Targets;

/// <summary>The flags of an input as options of a parser: each bit is one option.</summary>
internal static class JsonFlags
{
    public const int Comments = 1;
    public const int TrailingCommas = 1 << 1;
    public const int MultipleValues = 1 << 2;
    public const int NoByteOrderMark = 1 << 3;
    public const int RefuseSurrogates = 1 << 4;
    public const int RefuseDuplicates = 1 << 5;
    public const int TightLimits = 1 << 6;

    private static readonly JsonLimits Tight = new() { MaxDepth = 3, MaxNameBytes = 4, MaxStringBytes = 12, MaxNumberBytes = 6, MaxDocumentBytes = 300 };

    private static readonly StreamingJsonOptions[] Options = MakeOptions();

    public static StreamingJsonOptions OptionsOf(FuzzInput input, int except = 0) => Options[input.Flags & 0x7F & ~except];

    /// <summary>Whether the error is about the size of something, or about its being there twice: what the oracles do not know.</summary>
    public static bool IsOfLimitOrName(JsonErrorCode code) => code is JsonErrorCode.NameLimit or JsonErrorCode.StringLimit
        or JsonErrorCode.NumberLimit or JsonErrorCode.DocumentLimit or JsonErrorCode.DuplicateName;

    private static StreamingJsonOptions[] MakeOptions()
    {
        var options = new StreamingJsonOptions[128];
        for (int flags = 0; flags < options.Length; flags++)
        {
            bool Has(int flag) => (flags & flag) != 0;
            options[flags] = new StreamingJsonOptions
            {
                SkipComments = Has(Comments),
                AllowTrailingCommas = Has(TrailingCommas),
                AllowMultipleValues = Has(MultipleValues),
                SkipByteOrderMark = !Has(NoByteOrderMark),
                UnpairedSurrogates = Has(RefuseSurrogates) ? UnpairedSurrogateHandling.Refuse : UnpairedSurrogateHandling.Replace,
                DuplicateNames = Has(RefuseDuplicates) ? DuplicateNameHandling.Refuse : DuplicateNameHandling.LastWins,
                Limits = Has(TightLimits) ? Tight : JsonLimits.Default,
            };
        }

        return options;
    }
}
