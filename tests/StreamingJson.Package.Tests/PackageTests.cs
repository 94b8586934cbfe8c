using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace StreamingJson.Package.Tests;

/// <summary>What is published: that it is whole, and that who has nothing else can build and run with it.</summary>
public class PackageTests(Packed packed) : IClassFixture<Packed>
{
    [LongFact]
    public void EveryPackage_SaysWhatItIs_AndHasItsSymbols()
    {
        Assert.Equal(Packed.Projects(), packed.Files.Select(NameOf));
        var descriptions = new HashSet<string>();
        var tags = new HashSet<string>();
        foreach (string file in packed.Files)
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            string Of(string name) => Packed.Said(file, name);
            Assert.Equal(("MIT", "README.md", "icon.png"), (Of("license"), Of("readme"), Of("icon")));
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.InRange(package.GetEntry("icon.png")!.Length, 500, 20_000);
            Assert.InRange(Of("description").Length, 60, 400);
            Assert.True(descriptions.Add(Of("description")), file);
            Assert.True(tags.Add(Of("tags")), file);
            Assert.True(File.Exists(Path.ChangeExtension(file, ".snupkg")), file);
            Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal) && entry.FullName.EndsWith(".pdb", StringComparison.Ordinal));
            string[] libraries = [.. package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal))];
            Assert.All(libraries, library => Assert.NotNull(package.GetEntry(Path.ChangeExtension(library, ".xml")))); // documented
        }
    }

    [LongFact]
    public void WhoUsesInternalsOfAnother_AsksForItsVersion_AndForNoOther()
    {
        string version = Packed.Said(packed.Files[0], "version");
        var exact = new List<(string Package, string Dependency)>();
        foreach (string file in packed.Files)
        {
            foreach ((string dependency, string range) in Packed.Dependencies(file).Where(dependency => Packed.Projects().Contains(dependency.Id)))
            {
                Assert.Contains(range, new[] { version, $"[{version}]" });
                if (range != version)
                {
                    exact.Add((NameOf(file), dependency));
                }
            }
        }

        Assert.Equal(Packed.SharedInternals().Order(), exact.Distinct().Order());
        Assert.NotEmpty(exact);
    }

    [LongFact]
    public async Task AConsumer_BuildsAndRuns_OnNet10_AndBuiltForNet8()
    {
        string folder = Directory.CreateDirectory(Path.Combine(packed.Folder, "consumer")).FullName;
        string[] libraries = [.. packed.Files.Where(file => !IsTool(file)).Select(NameOf)];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Consumer", "Program.cs"), Path.Combine(folder, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), ProjectOf(libraries));
        (int exitCode, string log) = await Packed.RunAsync(folder, Alone, "build", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.True(exitCode == 0, log);

        string expected = string.Join('\n',
        [
            "{\"city\":\"Ou\"} Ou",
            "city is Oulu",
            "Trip { City = Oulu, Days = 3 }",
            "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"city\":\"Oulu\",\"days\":3}}]",
            "a frame of 73 bytes",
            "Hi Complete",
            "2 adapters, True",
            "data: {\"type\":\"text-delta\",\"id\":\"0\",\"delta\":\"Hi\"} of 8 events",
            .. libraries.Select(library => $"{library} 16"),
        ]);
        foreach (string framework in new[] { "net10.0", "net8.0" })
        {
            string program = Path.Combine(folder, "bin", "Release", framework, "Consumer.dll");
            (exitCode, string output) = await Packed.RunAsync(folder, Alone, [program, .. libraries]);
            Assert.Equal(expected, output);
            Assert.Equal(0, exitCode);
        }
    }

    // With a folder for what is restored from here, and what was restored before for the rest: nothing of these packages stays.
    private static Dictionary<string, string> Alone => new() { ["DOTNET_ROLL_FORWARD"] = "Major", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" };

    private static string NameOf(string file) => Packed.Said(file, "id");

    private static bool IsTool(string file) => Packed.Said(file, "packageTypes").Contains("DotnetTool", StringComparison.Ordinal);

    private string ProjectOf(string[] libraries)
    {
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string version = Packed.Said(packed.Files[0], "version");
        return new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFrameworks", "net10.0;net8.0"),
                new XElement("Nullable", "enable"),
                new XElement("TreatWarningsAsErrors", "true"),
                new XElement("NoWarn", "$(NoWarn);STREAMINGJSON001"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestorePackagesPath", Path.Combine(packed.Folder, "restored")),
                new XElement("RestoreFallbackFolders", restored),
                new XElement("RestoreAdditionalProjectSources", packed.Folder)),
            new XElement(
                "ItemGroup",
                libraries.Select(library => new XElement("PackageReference", new XAttribute("Include", library), new XAttribute("Version", version))))).ToString();
    }
}
