using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace StreamingJson.Tests.Support;

/// <summary>The seed of a property: printed, so that a failure can be repeated; read from STREAMINGJSON_SEED if that is set. STREAMINGJSON_TESTS multiplies the cases.</summary>
internal static class Seed
{
    public static ulong Take(ITestOutputHelper output)
    {
        string? text = Environment.GetEnvironmentVariable("STREAMINGJSON_SEED");
        ulong seed = string.IsNullOrEmpty(text) ? (ulong)Random.Shared.NextInt64() : ulong.Parse(text, CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"STREAMINGJSON_SEED={seed}"));
        return seed;
    }

    public static void Check<T>(ITestOutputHelper output, int tests, Gen<T> generator, Action<T> property)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Scale(tests)).WithReplay(Take(output), 1);
        Prop.ForAll(generator.ToArbitrary(), property).Check(config);
    }

    private static int Scale(int tests)
    {
        string? factor = Environment.GetEnvironmentVariable("STREAMINGJSON_TESTS");
        return string.IsNullOrEmpty(factor) ? tests : Math.Max(1, (int)(tests * double.Parse(factor, CultureInfo.InvariantCulture)));
    }
}
