using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Api;

/// <summary>
/// The public surface is a reviewed file for each target: <c>api.TARGET.verified.txt</c> beside this one. A change of the surface is a
/// change of these files.
/// </summary>
public class ApiTests
{
#if ASSET_NET8
    private const string Target = "net8.0";
#elif ASSET_NETSTANDARD
    private const string Target = "netstandard2.0";
#else
    private const string Target = "net10.0";
#endif

    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() =>
        await Verifier.Verify(ApiPrinter.Print(Assembly.Load("StreamingJson")), Path.Combine(Folder(), "api.cs"), Target);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(Repository.ResolveSource(path))!;
}
