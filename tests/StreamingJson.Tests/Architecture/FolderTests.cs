using System;
using System.IO;
using System.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Architecture;

/// <summary>The folders of the core are its pipeline, and what uses what runs one way (docs/DESIGN.md, section 4).</summary>
public class FolderTests
{
    private static readonly FolderOrder Folders =
        new("StreamingJson", "Text", "Buffers", "Tokenization", "Documents", "", "Events", "Paths", "Binding", "Pipelines");

    private static readonly string[] AsyncWords =
        ["async", "await", "Task", "ValueTask", "IAsyncEnumerable", "IAsyncEnumerator", "IAsyncDisposable", "PipeReader", "Stream"];

    [Fact]
    public void AFolder_UsesOnlyThoseAboveIt_AndTheWords() => Assert.Empty(Folders.UsesOfLaterFolders());

    [Fact]
    public void TheWords_AreTheRootsTypesThatUseNothingElse()
    {
        string[] words = [.. Folders.Words.Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "DuplicateNameHandling", "InFlightKind", "InFlightToken", "JsonErrorCode", "JsonLeniencies", "JsonLimits", "JsonMeters",
                "JsonOutcome", "OperationKinds", "StreamingJsonException", "StreamingJsonOptions", "UnpairedSurrogateHandling",
            ],
            words);
    }

    [Fact]
    public void EveryFolder_IsOfThePipeline() => Assert.Empty(Folders.FilesOfNoFolder());

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder() => Assert.Empty(Folders.TypesInAnotherNamespace());

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
        Assert.Empty(Folders.TypesInSeveralFolders());
        Assert.Contains(Folders.DeclarationsOf("Tokenizer"), file => file.Name == "Tokenization/Tokenizer.Strings.cs");
        Assert.Equal("Documents/TapeRow.cs", Folders.DeclarationsOf("TapeKind").Single().Name);
        Assert.Contains("LiveDocument", Folders.Used(Folders.DeclarationsOf("JsonSnapshot").Single()));
        Assert.All(Folders.DeclarationsOf("LiveDocument"), file => Assert.DoesNotContain("StreamingJsonParser", file.Words)); // only in a nameof
    }
}
