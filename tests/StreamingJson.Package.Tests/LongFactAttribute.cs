using System;
using Xunit;

namespace StreamingJson.Package.Tests;

/// <summary>A test that packs, restores and builds: a minute. It runs on CI and with <c>STREAMINGJSON_LONG=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = Reason;

    /// <summary>Why it does not run; null where it does.</summary>
    internal static string? Reason { get; } =
        Environment.GetEnvironmentVariable("STREAMINGJSON_LONG") == "1" || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : "packs, restores and builds, which takes a minute; set STREAMINGJSON_LONG=1 or CI=true";
}
