using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>How to start one driver, or why it cannot be.</summary>
internal sealed record DriverStart(string Name, string Folder, string Program, IReadOnlyList<string> Arguments, string? Reason)
{
    public static DriverStart Impossible(string name, string reason) => new(name, string.Empty, string.Empty, [], reason);
}

/// <summary>A runtime whose peers are driven from here: what is needed is installed or built the first time.</summary>
internal sealed record PeerRuntime(string Name, Func<string, IEnumerable<DriverStart>> Prepare)
{
    private static readonly string[] JacksonPlaces = ["/usr/share/java/jackson-core.jar"];

    public static IReadOnlyList<PeerRuntime> All { get; } = [new("node", Node), new("java", Java), new("cpp", Cpp)];

    public static PeerRuntime Get(string name) =>
        All.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"No runtime '{name}'; there are {string.Join(", ", All.Select(r => r.Name))}.");

    /// <summary>The drivers of this runtime.</summary>
    public IEnumerable<DriverStart> Drivers() => PeerFolder.Root is { } root ? Prepare(Path.Combine(root, Name)) : [DriverStart.Impossible(Name, "benchmarks/peers is not to be found from here")];

    private static IEnumerable<DriverStart> Node(string folder)
    {
        string? reason = Programs.Run(folder, "node", "--version")
            ?? (Directory.Exists(Path.Combine(folder, "node_modules")) ? null : Programs.Run(folder, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
        yield return reason is null ? new DriverStart("node", folder, "node", ["driver.mjs"], null) : DriverStart.Impossible("node", reason);
    }

    private static IEnumerable<DriverStart> Java(string folder)
    {
        string? jar = Array.Find([Environment.GetEnvironmentVariable("JACKSON_CORE_JAR") ?? string.Empty, .. JacksonPlaces], File.Exists);
        if (jar is null)
        {
            yield return DriverStart.Impossible("java", "jackson-core.jar is not there (Debian: libjackson2-core-java; else name it in JACKSON_CORE_JAR)");
            yield break;
        }

        string obj = PeerFolder.Build(folder);
        string? reason = Programs.Run(folder, "javac", "-cp", jar, "-d", obj, "Driver.java");
        yield return reason is null ? new DriverStart("java", folder, "java", ["-cp", obj + Path.PathSeparator + jar, "Driver"], null) : DriverStart.Impossible("java", reason);
    }

    // A program for each library, so that one that is not installed leaves out itself alone. The first line of each names what it is linked with.
    private static IEnumerable<DriverStart> Cpp(string folder)
    {
        string obj = PeerFolder.Build(folder);
        foreach (string source in Directory.EnumerateFiles(folder, "*.cpp").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(source);
            string output = Path.Combine(obj, name);
            string library = File.ReadLines(source).First().Split("link: ")[1].Trim();
            string? reason = Programs.Run(folder, "g++", "-std=c++17", "-O3", "-DNDEBUG", "-o", output, source, library);
            yield return reason is null ? new DriverStart(name, folder, output, [], null) : DriverStart.Impossible(name, reason);
        }
    }
}
