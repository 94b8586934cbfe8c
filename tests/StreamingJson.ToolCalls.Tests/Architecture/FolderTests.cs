using System.Linq;
using StreamingJson.Tests.Architecture;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The folders are the way of a payload, and what uses what runs one way (docs/DESIGN.md, section 4).</summary>
public sealed class FolderTests
{
    private static readonly FolderOrder Folders =
        new("StreamingJson.ToolCalls", "Text", "Envelopes", "Patches", "Messages", "Telemetry", "Assembly", "Protocols", "", "Pipelines");

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt_AndTheWords() => Assert.Empty(Folders.UsesOfLaterFolders());

    [Fact]
    public void TheWords_AreTheRootsTypesThatUseNothingElse() =>
        Assert.Equal(
            ["FramingRecognizer", "ModelProtocol", "ModelProtocolNames", "ModelStreamOptions", "ProtocolRecognition", "StreamTelemetryOptions", "ToolCallLimits"],
            Folders.Words.Order(System.StringComparer.Ordinal));

    [Fact]
    public void EveryFolder_IsOfTheWay() => Assert.Empty(Folders.FilesOfNoFolder());

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder() => Assert.Empty(Folders.TypesInAnotherNamespace());

    [Fact]
    public void TheSourcesAreReadAsTheyAreMeant()
    {
        Assert.Empty(Folders.TypesInSeveralFolders());
        Assert.Contains("MessageAssembler", Folders.Used(Folders.DeclarationsOf("Protocol").Single()));
        Assert.Contains("Protocol", Folders.Used(Folders.DeclarationsOf("AnthropicProtocol").Single()));
    }
}
