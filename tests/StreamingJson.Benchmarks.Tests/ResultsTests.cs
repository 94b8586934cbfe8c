using System;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Results;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class ResultsTests
{
    private static readonly Cell Cell = new("snapshot", "P", "4", Peer.Library, CellState.Measured, 1.234, 2.5, 0);

    private static BenchmarkResults Sample { get; } = new(
        new ResultsHead("A CPU", 2, ".NET 10", "clock", "command", "2031-01-02", ["a 1"], 0.5, 0.4),
        [new DocumentInfo("P", "a plan", 10_000, "abcd")],
        [Cell, Cell with { Peer = Peer.ClosedDocument, State = CellState.BrokenOff, Ratio = 2500 }, Cell with { Peer = Peer.ClosedNode, State = CellState.Wrong }],
        [new ScalingLine("snapshot", "string", Peer.Library, [new(4000, 10, CellState.Measured), new(16000, 11, CellState.Measured)], 1.07)],
        [Cell with { Peer = "jsonriver 1", Runtime = "Node 20" }],
        ["java is left out: there is no javac."]);

    [Fact]
    public void Json_KeepsEverything()
    {
        BenchmarkResults read = BenchmarkResults.Parse(Sample.ToJson());
        Assert.Equal(Sample.ToJson(), read.ToJson());
        Assert.Equal(Sample.Matrix, read.Matrix);
        Assert.Equal(Sample.Scaling[0].Points, read.Scaling[0].Points);
        Assert.Equal(Sample.LeftOut, read.LeftOut);
    }

    [Fact]
    public void Tables_ShowRatiosLimitsAndWrongAnswers()
    {
        string[] table = [.. MatrixTables.Table("snapshot", Sample.Documents[0], Sample.Matrix)];
        Assert.Contains("| StreamingJson | 1.23 | 0 |", table);
        Assert.Contains("| close the brackets, JsonDocument | > 2,500 |  |", table);
        Assert.Contains("| close the brackets, JsonNode | wrong |  |", table);
        Assert.StartsWith("*", table[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void APeerThatCannotDoATask_HasAnEmptyCell()
    {
        Cell final = Cell with { Task = "final", Peer = Peer.DocumentAtTheEnd };
        string[] overview = [.. MatrixTables.Overview([Cell, final])];
        Assert.Contains("| StreamingJson | 1.23 |  |", overview);
        Assert.Contains("| JsonDocument at the end |  | 1.23 |", overview);
    }

    [Fact]
    public void EveryPage_SaysWhatItWasMeasuredOn()
    {
        (string Name, string Text)[] pages = [.. ResultsFolder.Files(Sample).Where(f => f.Name.EndsWith(".md", StringComparison.Ordinal))];
        Assert.Equal(["README.md", "matrix.md", "other-runtimes.md", "scaling.md"], pages.Select(p => p.Name));
        Assert.All(pages, p => Assert.Contains("A CPU, 2 cores; .NET 10; clock; 2031-01-02.", p.Text, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.DoesNotContain("busy", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void ABusyMachine_IsSaidOnEveryPage()
    {
        BenchmarkResults busy = Sample with { Head = Sample.Head with { LoadAfter = 7.5 } };
        Assert.All(ResultsFolder.Files(busy).Where(f => f.Name.EndsWith(".md", StringComparison.Ordinal)), f => Assert.Contains("busy with other work", f.Text, StringComparison.Ordinal));
        Assert.Contains("busy with other work", ReadmeBlock.Make("a-cpu", busy), StringComparison.Ordinal);
    }

    [Fact]
    public void ALeftOutRuntime_IsNamed() =>
        Assert.Contains("java is left out: there is no javac.", PeerTables.Page(Sample));

    [Theory]
    [InlineData("AMD EPYC", "amd-epyc")]
    [InlineData("Intel(R) Xeon(R) CPU @ 2.20GHz", "intel-xeon-cpu-2-20ghz")]
    [InlineData("../..", "unknown")]
    public void TheFolder_IsNamedAfterTheProcessor(string processor, string name) => Assert.Equal(name, ResultsFolder.NameOf(processor));

    [Fact]
    public void TheCommandLine_HasNoPathsOfThisMachine() =>
        Assert.Equal("--matrix '*' A 4", ResultsHead.CommandLine(["--matrix", "*", "A", "4", "--out", "/home/someone"]));

    [Theory]
    [InlineData(0.0123, "0.012")]
    [InlineData(1.006, "1.01")]
    [InlineData(45.64, "45.6")]
    [InlineData(12345.6, "12,346")]
    public void Figures_HaveAboutThreeDigits(double value, string text) => Assert.Equal(text, Figures.Short(value));

    [Fact]
    public void TheNewestResults_AreTaken()
    {
        string root = Directory.CreateTempSubdirectory("streamingjson-results-").FullName;
        try
        {
            Assert.Null(ResultsFolder.Newest(root));
            ResultsFolder.Write(Sample, Path.Combine(root, "old"));
            ResultsFolder.Write(Sample with { Head = Sample.Head with { Date = "2031-02-01" } }, Path.Combine(root, "new"));
            Assert.Equal("new", ResultsFolder.Newest(root)!.Value.Folder);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
