using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// Runs FsCheck properties. <c>STREAMINGJSON_SEED</c> repeats a run, <c>STREAMINGJSON_TESTS</c> multiplies the number of cases; a failure
/// names its seed.
/// </summary>
public static class PropertyRunner
{
    public const string SeedVariable = "STREAMINGJSON_SEED";
    public const string TestsVariable = "STREAMINGJSON_TESTS";
    public const int DefaultMaxTest = 200;

    /// <summary>Runs the body over generated values; a given <paramref name="seed"/> takes the place of the environment's.</summary>
    public static void Check<T>(
        Arbitrary<T> arbitrary,
        Action<T> body,
        int maxTest = DefaultMaxTest,
        ulong? seed = null,
        [CallerMemberName] string name = "") =>
        Run(Prop.ForAll(arbitrary, body), maxTest, seed, name);

    public static void Check<T1, T2>(
        Arbitrary<T1> first,
        Arbitrary<T2> second,
        Action<T1, T2> body,
        int maxTest = DefaultMaxTest,
        ulong? seed = null,
        [CallerMemberName] string name = "") =>
        Run(Prop.ForAll(first, second, body), maxTest, seed, name);

    public static void Check<T1, T2, T3>(
        Arbitrary<T1> first,
        Arbitrary<T2> second,
        Arbitrary<T3> third,
        Action<T1, T2, T3> body,
        int maxTest = DefaultMaxTest,
        ulong? seed = null,
        [CallerMemberName] string name = "") =>
        Run(Prop.ForAll(first, second, third, body), maxTest, seed, name);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the property throws, its seed must be told.")]
    private static void Run(Property property, int maxTest, ulong? givenSeed, string name)
    {
        ulong seed = givenSeed ?? ReadSeed() ?? unchecked((ulong)Random.Shared.NextInt64());
        Config config = Config.QuickThrowOnFailure
            .WithName(name)
            .WithQuietOnSuccess(true)
            .WithMaxTest(Scale(maxTest))
            .WithReplay(seed, seed | 1); // the second half of FsCheck's seed must be odd
        try
        {
            property.Check(config);
        }
        catch (Exception e)
        {
            throw new XunitException($"{name} failed; repeat with {SeedVariable}={seed}\n{e.Message}", e);
        }
    }

    private static int Scale(int maxTest)
    {
        string? factor = Environment.GetEnvironmentVariable(TestsVariable);
        return string.IsNullOrEmpty(factor) ? maxTest : Math.Max(1, (int)(maxTest * double.Parse(factor, CultureInfo.InvariantCulture)));
    }

    private static ulong? ReadSeed()
    {
        string? seed = Environment.GetEnvironmentVariable(SeedVariable);
        return string.IsNullOrEmpty(seed) ? null : ulong.Parse(seed, CultureInfo.InvariantCulture);
    }
}
