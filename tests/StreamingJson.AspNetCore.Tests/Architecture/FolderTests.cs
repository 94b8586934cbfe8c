using System;
using System.Linq;
using StreamingJson.Tests.Architecture;
using Xunit;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>How a response is written knows nothing of when and what is forwarded (docs/DESIGN.md, section 4).</summary>
public sealed class FolderTests
{
    private static readonly FolderOrder Folders = new("StreamingJson.AspNetCore", "Formats", "Forwarding", "");

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt_AndTheWords() => Assert.Empty(Folders.UsesOfLaterFolders());

    [Fact]
    public void TheWords_AreWhatIsAskedForAndHowItWent() =>
        Assert.Equal(
            ["ForwardOutcome", "ForwardedAnswer", "ModelForwardOptions", "ModelStreamFormat"],
            Folders.Words.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryFolder_HasItsPlace() => Assert.Empty(Folders.FilesOfNoFolder());

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder() => Assert.Empty(Folders.TypesInAnotherNamespace());
}
