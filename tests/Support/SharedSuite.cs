using System;
using System.IO;
using Xunit;

namespace StreamingJson.Tests.Support;

/// <summary>
/// Suites and recordings of others, which are not part of this repository: a folder <c>shared</c> beside it or above it. Without it those
/// tests are skipped.
/// </summary>
internal static class SharedSuite
{
    public static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedSuiteFactAttribute : FactAttribute
{
    public SharedSuiteFactAttribute(string name)
    {
        Name = name;
        if (SharedSuite.Find(name) is null)
        {
            Skip = $"No folder shared/{name} beside the repository or above it.";
        }
    }

    public string Name { get; }
}
