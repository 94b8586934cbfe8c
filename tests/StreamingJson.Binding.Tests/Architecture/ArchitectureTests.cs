using System;
using System.Collections.Generic;
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
    // Each may use itself and those before it.
    private static readonly string[] Order = ["Support", "Paths", "Awaits", "Partials", "Pacing", "Patches"];

    private static readonly Assembly Binding = Assembly.Load("StreamingJson.Binding");
    private static readonly IReadOnlyList<SourceFile> Sources = SourceFile.Of("StreamingJson.Binding");

    [Fact]
    public void EveryFile_StandsInAFolderOfASubject() =>
        Assert.Empty(Sources.Where(file => !Order.Contains(file.Folder)).Select(file => file.Name));

    [Fact]
    public void AFolder_UsesOnlyThoseBeforeIt()
    {
        ILookup<string, SourceFile> declarations = Sources.SelectMany(file => file.Declared, (file, declared) => (declared.Type, File: file))
            .ToLookup(declared => declared.Type, declared => declared.File);
        var wrong = from file in Sources
                    from type in declarations
                    where file.Words.Contains(type.Key) && file.Declared.All(declared => declared.Type != type.Key)
                    where Array.IndexOf(Order, type.First().Folder) > Array.IndexOf(Order, file.Folder)
                    select $"{file.Name} uses {type.Key} of {type.First().Name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void PublicTypes_LiveInTheOneNamespace_InternalOnesInThatOfTheirFolder()
    {
        var wrong = from file in Sources
                    from declared in file.Declared
                    let expected = declared.IsPublic ? "StreamingJson.Binding" : $"StreamingJson.Binding.{file.Folder}"
                    where file.Namespace != expected
                    select $"{declared.Type} in {file.Name} is in {file.Namespace}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void ThePublicTypes_AreAtMost30()
    {
        string[] types = [.. Binding.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name)];
        Assert.True(types.Length <= 30, $"{types.Length} public types: {string.Join(", ", types)}");
    }

    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() => await PublicSurface.Verify("StreamingJson.Binding");
}
