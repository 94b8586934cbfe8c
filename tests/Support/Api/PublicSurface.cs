using System.IO;
using System.Runtime.CompilerServices;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>
/// The public surface of a library is a reviewed file for each target, <c>api.TARGET.verified.txt</c>, or <c>api.PART.TARGET.verified.txt</c>
/// where several libraries have theirs in one folder, beside the test. A change of the surface is a change of these files.
/// </summary>
internal static class PublicSurface
{
    public static SettingsTask Verify(string library, string part = "", [CallerFilePath] string testFile = "")
    {
        string folder = Path.GetDirectoryName(Repository.ResolveSource(testFile))!;
        return Verifier.Verify(
            ApiPrinter.Print(TestedAsset.Load(library)),
            Path.Combine(folder, "api.cs"),
            part.Length == 0 ? TestedAsset.Target : $"{part}.{TestedAsset.Target}");
    }
}
