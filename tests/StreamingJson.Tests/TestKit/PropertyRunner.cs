using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit.Sdk;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// Runs FsCheck properties; a failure names its seed. See <see cref="PropertySettings"/> for what the environment may say.
/// </summary>
public static class PropertyRunner
{
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
        ulong seed = givenSeed ?? PropertySettings.Seed();
        Config config = Config.QuickThrowOnFailure
            .WithName(name)
            .WithQuietOnSuccess(true)
            .WithMaxTest(PropertySettings.Scale(maxTest))
            .WithReplay(seed, seed | 1); // the second half of FsCheck's seed must be odd
        try
        {
            property.Check(config);
        }
        catch (Exception e)
        {
            throw new XunitException($"{name} failed; repeat with {PropertySettings.SeedVariable}={seed}\n{e.Message}", e);
        }
    }
}
