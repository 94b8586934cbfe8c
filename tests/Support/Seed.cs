using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace StreamingJson.Tests.Support;

/// <summary>Properties whose seed is printed, so that a failure can be repeated; see <see cref="PropertySettings"/>.</summary>
internal static class Seed
{
    public static ulong Take(ITestOutputHelper output)
    {
        ulong seed = PropertySettings.Seed();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PropertySettings.SeedVariable}={seed}"));
        return seed;
    }

    public static void Check<T>(ITestOutputHelper output, int tests, Gen<T> generator, Action<T> property)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(PropertySettings.Scale(tests)).WithReplay(Take(output), 1);
        Prop.ForAll(generator.ToArbitrary(), property).Check(config);
    }
}
