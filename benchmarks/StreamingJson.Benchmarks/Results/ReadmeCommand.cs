using System;
using System.IO;

namespace StreamingJson.Benchmarks.Results;

/// <summary><c>--readme</c>: writes the README's table anew, from the newest of the committed results. A test compares the two.</summary>
internal static class ReadmeCommand
{
    public static int Run()
    {
        if (Repository.Find("README.md") is not { } readme || Repository.Find(ResultsCommand.Root) is not { } root || ResultsFolder.Newest(root) is not { } newest)
        {
            throw new UsageException("There is no README, or there are no results beside it; --results makes them.");
        }

        File.WriteAllText(readme, ReadmeBlock.Replace(File.ReadAllText(readme), ReadmeBlock.Make(newest.Folder, newest.Results)));
        Console.WriteLine($"The README has the table of {newest.Folder}, {newest.Results.Head.Date}.");
        return 0;
    }
}
