using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Texts that are passed on and not kept: the same deltas, and nothing remembered of them.</summary>
public sealed class KeepTextTests
{
    public static TheoryData<string> Fixtures => Fixture.Some;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void TheEvents_AreTheSame(string name)
    {
        Fixture fixture = Fixture.Load(name);
        ModelRun kept = fixture.Run(isAuto: false, chunkSize: 7);
        ModelRun passed = ModelRun.Of(fixture.Options(isAuto: false) with { KeepText = false }, fixture.Content, chunkSize: 7);

        // That the text at the end is another than the pieces is found by comparing with what was kept.
        Assert.Equal(Lines(kept), Lines(passed));
        Assert.Equal(kept.Calls.Select(call => (call.GetText(), call.Reasons)), passed.Calls.Select(call => (call.GetText(), call.Reasons)));

        static IEnumerable<string> Lines(ModelRun run) => run.Events.Split('\n').Where(line => !line.Contains(nameof(AnomalyKind.TextContradicted), StringComparison.Ordinal));
    }

    [Fact]
    public void AnItem_HasItsNewestDelta_AndNoLimitOnAll()
    {
        var options = new ModelStreamOptions { KeepText = false, Limits = ToolCallLimits.Default with { MaxTextBytes = 10 } };
        using var reader = new ModelStreamReader(options);
        for (int i = 0; i < 100; i++)
        {
            reader.Append(ModelRun.Sse("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + (char)('a' + (i % 26)) + "bcde\"}}]}"));
            while (reader.TryRead(out _))
            {
            }

            Assert.Equal((char)('a' + (i % 26)) + "bcde", Assert.Single(reader.Message.Items).GetText());
        }

        Assert.Empty(reader.Message.Anomalies);
    }
}
