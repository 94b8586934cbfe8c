using System;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;
using StreamingJson.Fuzz.Targets.Protocols;
using Xunit;

namespace StreamingJson.Fuzz.Tests;

/// <summary>What was found once is found no more; what lies in the corpus is what the table knows.</summary>
public sealed class CorpusTests
{
    private static readonly FuzzFolders Folders = FuzzFolders.OfRepository;

    public static TheoryData<string> Targets => new(TargetTable.Listed.Select(target => target.Name));

    /// <summary>In a process of its own: a crash may have been one of the kind that ends it.</summary>
    [Fact]
    public void CorpusAndCrashes_AreClean()
    {
        (int exitCode, string output, string error) = FuzzProgram.Run("replay", Path.Combine(Folders.Root, "fuzz", "corpus"), Folders.AllCrashes);
        Assert.True(exitCode == ExitCode.Clean, output + error);
        Assert.False(output.StartsWith("0 inputs", StringComparison.Ordinal), output);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void EachTarget_HasSeeds_AndTheyAreClean(string name)
    {
        FuzzTarget target = TargetTable.Find(name)!;
        byte[][] seeds = [.. target.Seeds(Folders)];
        Assert.NotEmpty(seeds);
        Assert.NotEmpty(TokenDictionary.Load(Folders.Dictionary(target.Dictionary)));
        Assert.All(seeds, seed => Assert.Null(FuzzLoop.Attempt(target, seed)));
    }

    /// <summary>An oracle that has no answer to anything compares nothing.</summary>
    [Fact]
    public void EachNaiveReading_ReadsSomeOfTheSeeds()
    {
        ProtocolTarget[] targets = [.. TargetTable.Listed.OfType<ProtocolTarget>()];
        Assert.Equal(["auto"], targets.Where(target => !target.HasReading).Select(target => target.Name));
        Assert.All(targets.Where(target => target.HasReading), target =>
            Assert.True(target.Seeds(Folders).Any(seed => target.IsReadNaively(new FuzzInput(seed))), $"The naive reading of {target.Name} has no answer to any seed."));
    }

    [Fact]
    public void EachFolder_IsOfATarget()
    {
        string[] names = [.. TargetTable.Listed.Select(target => target.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (string folder in new[] { Path.Combine(Folders.Root, "fuzz", "corpus"), Folders.AllCrashes }.SelectMany(Directory.GetDirectories))
        {
            Assert.Contains(Path.GetFileName(folder), names);
        }
    }
}
