using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The pages say what the code says.</summary>
[Collection(TelemetryTestsAlone.Name)]
public sealed partial class PageTests
{
    [Fact]
    public void Anomalies_OneRowAKind()
    {
        string[] expected = [.. Enum.GetValues<AnomalyKind>().Where(kind => kind != AnomalyKind.None).Order()
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{AnomalyCoverageTests.NameOf(kind)} {(int)kind}"))];
        string[][] rows = [.. Rows("anomalies.md", 4)];
        Assert.Equal(expected, rows.Select(row => $"{row[0].Trim('`')} {row[1]}"));
        Assert.All(rows, row => Assert.True(row[2].Length > 8 && row[3].Length > 4, row[0]));
    }

    [Fact]
    public void ToolCalls_OneRowAReasonAndAProtocol()
    {
        string[] reasons = [.. Enum.GetValues<UnsafeReasons>().Where(reason => reason != UnsafeReasons.None).Order().Select(AnomalyCoverageTests.NameOf)];
        Assert.Equal(reasons, Rows("tool-calls.md", 2).Select(row => row[0].Trim('`')));
        string[] protocols = [.. Enum.GetValues<ModelProtocol>().Where(protocol => protocol != ModelProtocol.Auto).Select(ModelProtocolNames.GetName)];
        Assert.Equal(protocols, Rows("tool-calls.md", 5).Select(row => row[1].Trim('`')));
    }

    [Theory]
    [InlineData("tool-calls.md", 3)]
    [InlineData("telemetry.md", 2)]
    public void EveryCSharpBlock_Compiles(string page, int atLeast)
    {
        string[] blocks = [.. CSharpBlock().Matches(Page(page)).Select(match => match.Groups[1].Value)];
        Assert.True(blocks.Length >= atLeast);
        foreach (string block in blocks)
        {
            string source = $$"""
                using System; using System.Diagnostics.Metrics; using System.IO.Pipelines; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks;
                using StreamingJson; using StreamingJson.ToolCalls;
                internal static class Sample
                {
                    public static async Task RunAsync(HttpResponseMessage response, PipeReader pipeReader, CancellationToken cancellationToken)
                    {
                        await Task.CompletedTask;
                        {{block}}
                    }

                    private static Task ExecuteAsync(string name, string arguments) => Task.CompletedTask;
                }
                """;
            Assert.Empty(Compile(source).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }
    }

    /// <summary>The lines that listen to the meter, as they stand on the page, hear of a stream.</summary>
    [Fact]
    public void Telemetry_TheLinesThatListen_Hear()
    {
        string lines = CSharpBlock().Matches(Page("telemetry.md")).Select(match => match.Groups[1].Value).Single(block => block.Contains("MeterListener", StringComparison.Ordinal));
        string source = $$"""
            using System; using System.Diagnostics.Metrics; using StreamingJson.ToolCalls;
            public static class Sample
            {
                public static void Run(Action readStream)
                {
                    {{lines}}
                    readStream();
                }
            }
            """;
        using var assembly = new MemoryStream();
        Assert.True(Compile(source).Emit(assembly).Success);
        Type sample = System.Reflection.Assembly.Load(assembly.ToArray()).GetType("Sample")!;
        TextWriter console = Console.Out;
        using var heard = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(heard);
        try
        {
            Action readStream = () => ModelRun.OfChat("""{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""").Reader.Dispose();
            sample.GetMethod("Run")!.Invoke(null, [readStream]);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Matches("streamingjson.stream.duration [0-9.E-]+ s", heard.ToString());
        Assert.Matches("streamingjson.stream.size [0-9]+ By", heard.ToString());
    }

    [Fact]
    public void Telemetry_OneRowAnInstrument()
    {
        string[] rows = [.. Rows("telemetry.md", 5).Select(row => $"{row[0].Trim('`')} {row[1]} {row[2].Trim('`')}").Order(StringComparer.Ordinal)];
        string[] instruments = [.. Measurements.Instruments()
            .Select(instrument => $"{instrument.Name} {(instrument is System.Diagnostics.Metrics.Counter<long> ? "counter" : "histogram")} {instrument.Unit}").Order(StringComparer.Ordinal)];
        Assert.Equal(instruments, rows);
    }

    // Preview: the compiler at hand knows u8 only as that.
    private static CSharpCompilation Compile(string source)
    {
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = all.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Sample", [tree], references, options);
    }

    /// <summary>The rows of the tables with so many columns, without their heads.</summary>
    private static IEnumerable<string[]> Rows(string page, int columns) => Page(page).Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => CellBorder().Split(line.Trim()[1..^1]).Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells.Length == columns && cells.Any(cell => cell.StartsWith('`')) && !cells.Any(cell => cell == "name for `--protocol`"));

    private static string Page(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", name)).ReplaceLineEndings("\n");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();
}
