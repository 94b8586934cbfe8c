using System;
using Xunit;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// Tests that take minutes: they run when the environment variable <c>STREAMINGJSON_LONG</c> is <c>1</c>. What they do in full, a test of
/// every run does within a budget.
/// </summary>
public static class LongRuns
{
    public const string Variable = "STREAMINGJSON_LONG";

    public static bool AreOn { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The budget of an ordinary run, or that of a long one.</summary>
    public static int Budget(int ordinary, int full) => AreOn ? full : ordinary;
}

/// <summary>A theory that only long runs have time for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = LongRuns.AreOn ? null : $"takes minutes; set {LongRuns.Variable}=1";
}
