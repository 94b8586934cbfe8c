using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using StreamingJson.Tests.Architecture;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Binding.Tests.Architecture;

/// <summary>The folders are subjects, what uses what runs one way, and the public surface is the reviewed one.</summary>
public class ArchitectureTests
{
    private static readonly Assembly Binding = Assembly.Load("StreamingJson.Binding");

    private static readonly FolderOrder Folders = new("StreamingJson.Binding", "Support", "Paths", "Awaits", "Partials", "Pacing", "Patches");

    [Fact]
    public void EveryFile_StandsInAFolderOfASubject() => Assert.Empty(Folders.FilesOfNoFolder());

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt()
    {
        Assert.Empty(Folders.Words);
        Assert.Empty(Folders.UsesOfLaterFolders());
    }

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder() => Assert.Empty(Folders.TypesInAnotherNamespace());

    [Fact]
    public void ThePublicTypes_AreAtMost30()
    {
        string[] types = [.. Binding.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name)];
        Assert.True(types.Length <= 30, $"{types.Length} public types: {string.Join(", ", types)}");
    }

    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() => await PublicSurface.Verify("StreamingJson.Binding");
}
