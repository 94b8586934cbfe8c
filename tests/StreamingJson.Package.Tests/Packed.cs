using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace StreamingJson.Package.Tests;

/// <summary>All packages, as they would be published, in a folder that is gone afterwards.</summary>
public sealed class Packed : IAsyncLifetime
{
    // Never published, so that no package of another day is taken for one of these.
    private const string Suffix = "consumer";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    public string Folder { get; } = Directory.CreateTempSubdirectory("streamingjson-packages-").FullName;

    public IReadOnlyList<string> Files => [.. Directory.GetFiles(Folder, "*.nupkg").Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        if (LongFactAttribute.Reason is null)
        {
            string solution = Path.Combine(Root(), "StreamingJson.sln");
            (int exitCode, string log) = await RunAsync(Folder, new Dictionary<string, string>(), "pack", solution, "--no-build", "-c", Configuration, $"-p:VersionSuffix={Suffix}", "-o", Folder, "-nodeReuse:false");
            Assert.True(exitCode == 0, log);
            Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The names of all projects that are packed.</summary>
    public static IEnumerable<string> Projects() => Directory.GetFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(project => Path.GetFileNameWithoutExtension(project)!).Order(StringComparer.Ordinal);

    /// <summary>What a package says of itself; empty where it says nothing.</summary>
    public static string Said(string file, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        return metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name) is not { } said ? ""
            : said.HasElements ? said.ToString() : said.Value;
    }

    /// <summary>What a package depends on, and which versions of it.</summary>
    public static IEnumerable<(string Id, string Versions)> Dependencies(string file) =>
        Said(file, "dependencies") is { Length: > 0 } dependencies
            ? XElement.Parse(dependencies).Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value))
            : [];

    /// <summary>Which project uses internals of which, as their sources say.</summary>
    public static IEnumerable<(string Project, string Friend)> SharedInternals() =>
        from path in Directory.GetFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
        from visible in XDocument.Load(path).Descendants("InternalsVisibleTo")
        let user = visible.Attribute("Include")!.Value
        where Projects().Contains(user)
        select (user, Path.GetFileNameWithoutExtension(path));

    /// <summary>Runs <c>dotnet</c>; the output and the errors of it, one after the other.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await error).ReplaceLineEndings("\n").TrimEnd());
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "StreamingJson.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
