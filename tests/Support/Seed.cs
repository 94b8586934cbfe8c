using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace StreamingJson.Tests.Support;

/// <summary>Properties whose seed is printed, so that a failure can be repeated; see <see cref="PropertySettings"/>.</summary>
internal static class Seed
{
    public static void Check<T>(ITestOutputHelper output, int tests, Gen<T> generator, Action<T> property)
    {
        ulong seed = PropertySettings.Seed();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PropertySettings.SeedVariable}={seed}"));
        Config config = Config.QuickThrowOnFailure.WithMaxTest(PropertySettings.Scale(tests)).WithReplay(seed, 1);
        Prop.ForAll(generator.ToArbitrary(), property).Check(config);
    }
}
