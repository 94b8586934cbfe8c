using System;
using System.IO;

namespace StreamingJson.Tests.TestKit;

/// <summary>Where the sources are: found from the test binary, because a deterministic build does not tell.</summary>
public static class Repository
{
    private const string Landmark = "StreamingJson.sln";
    private const string DeterministicRoot = "/_/";

    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    public static string Root => LazyRoot.Value;

    /// <summary>
    /// The file that [CallerFilePath] names. With ContinuousIntegrationBuild the compiler writes <c>/_/tests/...</c>, which stands for the
    /// root of the repository.
    /// </summary>
    public static string ResolveSource(string callerFilePath)
    {
        ArgumentNullException.ThrowIfNull(callerFilePath);
        string path = callerFilePath.Replace('\\', '/');
        return path.StartsWith(DeterministicRoot, StringComparison.Ordinal)
            ? Path.Combine(Root, path[DeterministicRoot.Length..])
            : callerFilePath;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Landmark)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above the test binary has {Landmark}.");
    }
}
