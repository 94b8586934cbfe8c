using System;
using System.IO;

namespace StreamingJson.Benchmarks;

/// <summary>The sources that the program was built from, where it still stands among them.</summary>
internal static class Repository
{
    /// <summary>The full path of what is called so, seen from the root; null where it is not there.</summary>
    public static string? Find(string path)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string found = Path.Combine(at.FullName, path);
            if (Path.Exists(found) && File.Exists(Path.Combine(at.FullName, "StreamingJson.sln")))
            {
                return found;
            }
        }

        return null;
    }
}
