using System.IO;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Fuzz;

/// <summary>Where things lie: what is kept (corpus, crashes, dictionaries) and what is not (work).</summary>
internal sealed class FuzzFolders(string root)
{
    /// <summary>Those of the repository that this program was built from.</summary>
    public static FuzzFolders OfRepository => new(Repository.Root);

    /// <summary>The root of the repository.</summary>
    public string Root => root;

    /// <summary>Ignored by git.</summary>
    public string Work { get; } = Path.Combine(root, "fuzz", "work");

    public string AllCrashes { get; } = Path.Combine(root, "fuzz", "crashes");

    /// <summary>The seeds of a target, as inputs.</summary>
    public string Corpus(string target) => Path.Combine(root, "fuzz", "corpus", target);

    /// <summary>What once was a finding, and is none any more.</summary>
    public string Crashes(string target) => Path.Combine(AllCrashes, target);

    /// <summary>What runs have added to the seeds.</summary>
    public string Grown(string target) => Path.Combine(Work, "grown", target);

    public string Dictionary(string name) => Path.Combine(root, "fuzz", "dictionaries", name + ".dict");
}
