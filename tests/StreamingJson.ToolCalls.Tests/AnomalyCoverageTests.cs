using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Each kind of anomaly, and each reason against a call, is shown by a fixture.</summary>
public sealed class AnomalyCoverageTests
{
    [Fact]
    public void EveryAnomalyKind_HasAFixture()
    {
        IEnumerable<string> shown = Results().SelectMany(result => result["anomalies"]!.AsArray()).Select(anomaly => anomaly!["kind"]!.GetValue<string>());
        AssertAll(Enum.GetValues<AnomalyKind>().Where(kind => kind != AnomalyKind.None), shown);
    }

    [Fact]
    public void EveryReasonAgainstACall_HasAFixture()
    {
        IEnumerable<string> shown = Results().SelectMany(result => result["items"]!.AsArray())
            .SelectMany(item => item!["reasons"]?.AsArray() ?? []).Select(reason => reason!.GetValue<string>());

        // A call is open only until the stream ends, and so in no result; what a guard stopped is not of the stream alone.
        AssertAll(Enum.GetValues<UnsafeReasons>().Except([UnsafeReasons.None, UnsafeReasons.NotEnded, UnsafeReasons.Stopped]), shown);
    }

    private static IEnumerable<JsonNode> Results() => Fixture.Names.Select(name => JsonNode.Parse(File.ReadAllBytes(Fixture.Load(name).ExpectedPath))!);

    private static void AssertAll<T>(IEnumerable<T> all, IEnumerable<string> shown)
        where T : struct, Enum
    {
        string[] missing = [.. all.Select(NameOf).Except(shown)];
        Assert.True(missing.Length == 0, "Without a fixture: " + string.Join(", ", missing));
    }

    internal static string NameOf<T>(T value)
        where T : struct, Enum => value is AnomalyKind.InvalidUtf8 ? "invalid_utf8" : JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
