using System;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>A parser's options in the words of the recogniser.</summary>
public static class RecognizerRules
{
    /// <summary>The same rules for the recogniser. It knows no limit but the depth, and nothing of names.</summary>
    public static RecognizerOptions ForRecognizer(this StreamingJsonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RecognizerOptions
        {
            MaxDepth = options.Limits.MaxDepth,
            SkipComments = options.SkipComments,
            CommentsBeforeColon = false,
            AllowTrailingCommas = options.AllowTrailingCommas,
            AllowMultipleValues = options.AllowMultipleValues,
            AllowByteOrderMark = options.SkipByteOrderMark,
            RefuseUnpairedSurrogates = options.UnpairedSurrogates == UnpairedSurrogateHandling.Refuse,
        };
    }
}
