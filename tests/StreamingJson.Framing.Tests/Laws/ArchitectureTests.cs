using System;
using System.Linq;
using System.Reflection;
using StreamingJson.Tests.Architecture;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class ArchitectureTests
{
    // The root stands behind the framings: its types that these use are words, which use nothing themselves.
    private static readonly FolderOrder Folders = new(
        "StreamingJson.Framing", "Buffers", "EventStream", "JsonArrays", "JsonLines", "ServerSentEvents", "WebSockets", "", "Pipelines");

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt_AndTheWords() => Assert.Empty(Folders.UsesOfLaterFolders());

    [Fact]
    public void TheWords_SayWhatAFrameIs() =>
        Assert.Equal(
            [
                "DoesNotReturnAttribute", "EventStreamHeader", "EventStreamHeaderType", "EventStreamHeaders", "Frame", "FrameFlags", "FrameFormat", "FrameReaderOptions",
                "FramingErrorCode", "FramingException", "Throw",
            ],
            Folders.Words.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryFolder_HasItsPlace() => Assert.Empty(Folders.FilesOfNoFolder());

    /// <summary>Framing knows no JSON values and no other part of the library: only the framework.</summary>
    [Fact]
    public void Framing_ReferencesTheFrameworkOnly()
    {
        string[] allowed = ["System.", "Microsoft.Bcl.AsyncInterfaces", "netstandard"];
        foreach (AssemblyName reference in typeof(FrameReader).Assembly.GetReferencedAssemblies())
        {
            Assert.Contains(allowed, name => reference.Name!.StartsWith(name, StringComparison.Ordinal));
            Assert.NotEqual("System.Text.Json", reference.Name);
        }
    }

    [Fact]
    public void PublicTypes_AreSealedOrValuesAndInOneNamespace()
    {
        Type[] types = [.. typeof(FrameReader).Assembly.GetExportedTypes()];
        Assert.All(types, type => Assert.Equal("StreamingJson.Framing", type.Namespace));
        Assert.All(types, type => Assert.True(type.IsSealed || type.IsValueType || type == typeof(AsyncFrameReader), type.Name));
        Assert.InRange(types.Length, 1, 20);
    }
}
