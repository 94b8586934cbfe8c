using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.Documentation;

/// <summary>docs/aspnetcore.md says what the code says.</summary>
public sealed partial class PageTests
{
    private const string Usings = """
        using System; using System.Net.Http; using System.Threading; using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http; using Microsoft.Extensions.Configuration; using StreamingJson; using StreamingJson.AspNetCore; using StreamingJson.Binding; using StreamingJson.ToolCalls;

        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "aspnetcore.md")).ReplaceLineEndings("\n");

    [Fact]
    public void EveryCSharpBlock_Compiles()
    {
        string[] blocks = [.. CSharpBlock().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        AssertCompiles(Usings + blocks[0], OutputKind.ConsoleApplication);
        AssertCompiles(
            Usings + $"internal static class Sample {{ public static IResult Run(HttpResponseMessage response, string threadId, string runId) {{\n{blocks[1]}\n}} }}",
            OutputKind.DynamicallyLinkedLibrary);
    }

    [Fact]
    public void EveryOutcome_HasARow() => Assert.Equal(
        Enum.GetValues<ForwardOutcome>().Where(outcome => outcome != ForwardOutcome.Running).Select(outcome => outcome.ToString()),
        OutcomeRow().Matches(Page).Select(match => match.Groups[1].Value).Where(name => Enum.TryParse<ForwardOutcome>(name, out _)));

    private static void AssertCompiles(string source, OutputKind kind)
    {
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            all.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("^\\| `(\\w+)` \\|", RegexOptions.Multiline)]
    private static partial Regex OutcomeRow();
}
