using System;
using System.Runtime.CompilerServices;
using StreamingJson.Tests.Support;

namespace StreamingJson.Mutation.Tests;

/// <summary>The same few cases each time: what kills a mutant today kills it tomorrow, and soon.</summary>
internal static class MutationRun
{
    [ModuleInitializer]
    public static void Begin()
    {
        Environment.SetEnvironmentVariable(PropertySettings.SeedVariable, "20");
        Environment.SetEnvironmentVariable(PropertySettings.TestsVariable, "0.02");
    }
}
