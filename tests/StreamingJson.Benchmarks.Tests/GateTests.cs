using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Benchmarks.Gate;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Ratios;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class GateTests
{
    public static TheoryData<string> Faults => [.. GateSelfTest.Exact.Select(t => t.Fault)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void APlantedFault_IsNamed_AndNothingElse(string fault)
    {
        (bool isRight, _, string found) = GateSelfTest.Exact.Single(t => t.Fault == fault).Try();
        Assert.True(isRight, found);
    }

    [Fact]
    public void EveryTaskOfTheLibrary_IsMetered_AtEveryChunkSize()
    {
        List<GateFigure> figures = [.. MeterGate.Measure(MatrixInputs.Find("D"))];
        foreach (string task in MatrixTask.All.Where(t => t.Protocol is null && t.Name != "elements").Select(t => t.Name))
        {
            foreach (ChunkSize size in MatrixInputs.Sizes)
            {
                string[] found = [.. figures.Where(f => f.Task == task && f.Chunk == size.ToString()).Select(f => f.Figure)];
                Assert.Contains(MeterGate.Examined, found);
                Assert.Contains(MeterGate.Copied, found);
                Assert.Contains(MeterGate.Rows, found);
                Assert.Contains(found, f => f.StartsWith(MeterGate.Allocated, StringComparison.Ordinal));
            }
        }

        Assert.All(figures, f => Assert.Equal(Verdict.Within, f.Verdict));
    }

    [Fact]
    public void AFigurePastItsBound_NamesTaskDocumentChunkAndFigure()
    {
        string line = new GateFigure("events", "A", "64", MeterGate.Examined, 3.5, 3).ToString();
        Assert.Equal("Past         events, A, chunk 64: bytes examined/received 3.5, bound 3", line);
    }

    [Fact]
    public void TheMargin_ComesFromTheScatter()
    {
        GateFigure quiet = Ratio(3.3, 3.28, 3.32, bound: 3);
        GateFigure noisy = Ratio(3.3, 2.9, 3.7, bound: 3);
        GateFigure wild = Ratio(30, 10, 50, bound: 3);
        Assert.Equal(Verdict.Past, quiet.Verdict);
        Assert.Equal(Verdict.Within, noisy.Verdict);
        Assert.Equal(Verdict.Inconclusive, wild.Verdict);
        Assert.Equal(20, noisy.Margin / quiet.Margin, 6);
    }

    [Fact]
    public void APastFigure_IsMeasuredAgain_AndSaysNothingWhereTheTwoDisagree()
    {
        Assert.Equal(Verdict.Past, Confirm(4, 5).Verdict);
        Assert.Equal(Verdict.Inconclusive, Confirm(4, 2).Verdict);
        Assert.Equal(Verdict.Within, Confirm(2).Verdict);
    }

    [Fact]
    public void TheVerdict_FailsForOneFigure_AndNotForNoise()
    {
        var within = new GateFigure("events", "A", "4", "f", 1, 2);
        GateFigure past = within with { Value = 3 };
        GateFigure noisy = within with { IsTooNoisy = true };
        Assert.Equal("pass", GateReport.VerdictOf([within]));
        Assert.Equal("inconclusive", GateReport.VerdictOf([within, noisy]));
        Assert.Equal("fail", GateReport.VerdictOf([within, noisy, past]));
    }

    [Fact]
    public void ALineOfHistory_HasTheLargestOfEachFigure()
    {
        GateFigure[] figures =
        [
            new("events", "A", "4", MeterGate.Examined, 1.25, 3),
            new("events", "B", "4", MeterGate.Examined, 1.5, 3),
            new("events", "A", "64", MeterGate.Examined, 1.125, 3),
            new("snapshot", "A", "4", RatioGate.Reference, 4.5, 10, Margin: 0.1),
        ];
        string line = GateReport.HistoryLine(figures, "0123abc", new DateTime(2031, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Assert.DoesNotContain('\n', line);
        using JsonDocument json = JsonDocument.Parse(line);
        Assert.Equal("0123abc", json.RootElement.GetProperty("commit").GetString());
        Assert.Equal("pass", json.RootElement.GetProperty("verdict").GetString());
        JsonElement found = json.RootElement.GetProperty("figures");
        Assert.Equal(3, found.GetPropertyCount());
        Assert.Equal(1.5, found.GetProperty("events, chunk 4: bytes examined/received").GetDouble());
        Assert.Equal(4.5, found.GetProperty("snapshot, A, chunk 4: time/reference").GetDouble());
    }

    private static GateFigure Ratio(double median, double lower, double upper, double bound) =>
        RatioGate.Make("snapshot", "A", "4", RatioGate.Reference, new RatioResult(median, median, lower, upper, 0, 0, 0, 40), bound, 1);

    private static GateFigure Confirm(params double[] values)
    {
        int next = 0;
        GateFigure figure = RatioGate.Confirm(() => new GateFigure("snapshot", "A", "4", RatioGate.Reference, values[next++], 3));
        Assert.Equal(values.Length, next);
        return figure;
    }
}
