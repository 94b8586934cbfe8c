using System;
using System.IO;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>Skips a test where there is no folder <c>shared/suites/jsontestsuite</c> beside the repository or above it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JsonTestSuiteFactAttribute : FactAttribute
{
    public static readonly string? Folder = Find();

    public JsonTestSuiteFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "No folder shared/suites/jsontestsuite beside the repository or above it.";
        }
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "suites", "jsontestsuite", "test_parsing");
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
