using StreamingJson.Tests.Architecture;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>Commands stand above what they use, and nothing below knows of them (docs/DESIGN.md, section 4).</summary>
public sealed class FolderTests
{
    private static readonly FolderOrder Folders = new(
        "StreamingJson.Tool", "Input", "Output", "Serving", "Verification", "Demo", "Replaying", "Inspector", "Commands", "");

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt_AndTheWords() => Assert.Empty(Folders.UsesOfLaterFolders());

    [Fact]
    public void EveryFolder_HasItsPlace() => Assert.Empty(Folders.FilesOfNoFolder());

    [Fact]
    public void ATypeLivesInOneFolder() => Assert.Empty(Folders.TypesInSeveralFolders());
}
