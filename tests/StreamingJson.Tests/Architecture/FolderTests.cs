using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Architecture;

/// <summary>The folders of the core are its pipeline, and what uses what runs one way (docs/DESIGN.md, section 4).</summary>
public class FolderTests
{
    private const string Root = "";

    // Each may use itself, those before it, and the words.
    private static readonly string[] Order = ["Text", "Buffers", "Tokenization", "Documents", Root, "Events", "Paths", "Binding", "Pipelines"];

    private static readonly string[] AsyncWords =
        ["async", "await", "Task", "ValueTask", "IAsyncEnumerable", "IAsyncEnumerator", "IAsyncDisposable", "PipeReader", "Stream"];

    [Fact]
    public void AFolder_UsesOnlyThoseAboveIt_AndTheWords()
    {
        ILookup<string, SourceFile> declarations = Declarations();
        HashSet<string> words = Words(declarations);
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.OfTheCore)
        {
            foreach (string type in Used(file, declarations).Where(type => !words.Contains(type)))
            {
                SourceFile declaration = declarations[type].First();
                if (Array.IndexOf(Order, declaration.Folder) > Array.IndexOf(Order, file.Folder))
                {
                    wrong.Add($"{file.Name} uses {type} of {declaration.Name}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void TheWords_AreTheRootsTypesThatUseNothingElse()
    {
        string[] words = [.. Words(Declarations()).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "DuplicateNameHandling", "InFlightKind", "InFlightToken", "JsonErrorCode", "JsonLeniencies", "JsonLimits", "JsonMeters",
                "JsonOutcome", "OperationKinds", "StreamingJsonException", "StreamingJsonOptions", "UnpairedSurrogateHandling",
            ],
            words);
    }

    [Fact]
    public void EveryFolder_IsOfThePipeline() =>
        Assert.Empty(SourceFile.OfTheCore.Where(file => !Order.Contains(file.Folder)).Select(file => file.Name));

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder()
    {
        var wrong = from file in SourceFile.OfTheCore
                    from declared in file.Declared
                    let expected = declared.IsPublic || file.Folder == Root ? "StreamingJson" : $"StreamingJson.{file.Folder}"
                    where file.Namespace != expected
                    select $"{declared.Type} in {file.Name} is in {file.Namespace}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void OnlyPipelines_IsAsync()
    {
        var wrong = from file in SourceFile.OfTheCore
                    where file.Folder != "Pipelines"
                    from word in AsyncWords
                    where file.Words.Contains(word)
                    select $"{file.Name} uses {word}";
        Assert.Empty(wrong);
        Assert.Contains(SourceFile.OfTheCore, file => file.Folder == "Pipelines" && file.Words.Contains("await"));
    }

    [Fact]
    public void AFile_HasAtMost400Lines()
    {
        var tooLong = from folder in new[] { "src", "tests", "benchmarks" }
                      from path in SourceFile.PathsIn(Path.Combine(Repository.Root, folder))
                      let lines = File.ReadLines(path).Count()
                      where lines > 400
                      select $"{Path.GetRelativePath(Repository.Root, path)}: {lines} lines";
        Assert.Empty(tooLong);
    }

    [Fact]
    public void TheSourcesAreReadAsTheyAreMeant()
    {
        ILookup<string, SourceFile> declarations = Declarations();
        Assert.All(declarations, files => Assert.Single(files.Select(file => file.Folder).Distinct()));
        Assert.Contains(declarations["Tokenizer"], file => file.Name == "Tokenization/Tokenizer.Strings.cs");
        Assert.Equal("Documents/TapeRow.cs", declarations["TapeKind"].Single().Name);
        Assert.Contains("LiveDocument", Used(declarations["JsonSnapshot"].Single(), declarations));
        Assert.All(declarations["LiveDocument"], file => Assert.DoesNotContain("StreamingJsonParser", file.Words)); // only in a nameof
    }

    // A partial type stands in several files of one folder.
    private static ILookup<string, SourceFile> Declarations() =>
        SourceFile.OfTheCore.SelectMany(file => file.Declared, (file, declared) => (declared.Type, File: file)).ToLookup(d => d.Type, d => d.File);

    private static IEnumerable<string> Used(SourceFile file, ILookup<string, SourceFile> declarations) =>
        declarations.Select(type => type.Key).Where(type => file.Words.Contains(type) && file.Declared.All(declared => declared.Type != type));

    // What can be said without knowing the library: types of the root whose files use nothing but such types.
    private static HashSet<string> Words(ILookup<string, SourceFile> declarations)
    {
        var words = declarations.Where(files => files.First().Folder == Root).Select(files => files.Key).ToHashSet(StringComparer.Ordinal);
        while (words.RemoveWhere(type => declarations[type].Any(file => Used(file, declarations).Any(used => !words.Contains(used)))) > 0)
        {
        }

        return words;
    }
}
