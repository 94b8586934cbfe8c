using System;
using System.Globalization;

namespace StreamingJson.Tests.Support;

/// <summary>What the environment says of properties: <c>STREAMINGJSON_SEED</c> repeats a run, <c>STREAMINGJSON_TESTS</c> multiplies the number of cases.</summary>
internal static class PropertySettings
{
    public const string SeedVariable = "STREAMINGJSON_SEED";
    public const string TestsVariable = "STREAMINGJSON_TESTS";
    public const string ReasonToSkip = $"takes a second or more; {TestsVariable} is below 1";

    /// <summary>Whether less is asked for than an ordinary run: then what is slow is left out, too.</summary>
    public static bool IsQuick => Scale(1000) < 1000;

    public static ulong Seed() =>
        Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : (ulong)Random.Shared.NextInt64();

    public static int Scale(int tests) =>
        Environment.GetEnvironmentVariable(TestsVariable) is { Length: > 0 } factor ? Math.Max(1, (int)(tests * double.Parse(factor, CultureInfo.InvariantCulture))) : tests;

    /// <summary>A size or a number of repetitions that a quick run may make smaller; a longer run has more cases and not larger ones.</summary>
    public static int Size(int size) => IsQuick ? Scale(size) : size;
}
