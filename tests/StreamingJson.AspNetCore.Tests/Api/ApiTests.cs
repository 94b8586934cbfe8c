using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using StreamingJson.Tests.Api;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.Api;

/// <summary>The public surface is the reviewed one, and the assets that are tested are those that this project is for.</summary>
public class ApiTests
{
#if ASSET_NET8
    private const string Target = "net8.0";
#else
    private const string Target = "net10.0";
#endif

    private static readonly Assembly Library = Assembly.Load("StreamingJson.AspNetCore");

    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() =>
        await Verifier.Verify(ApiPrinter.Print(Library), Path.Combine(Folder(), "api.cs"), Target);

    [Fact]
    public void TheLoadedLibraries_AreTheAssetsThatThisProjectIsFor()
    {
        string[] names = ["StreamingJson.Anthropic", "StreamingJson.OpenAI", .. Library.GetReferencedAssemblies().Select(assembly => assembly.Name!).Where(name => name.StartsWith("StreamingJson", StringComparison.Ordinal))];
        Assert.Contains("StreamingJson.ToolCalls", names);
        Assert.All(names.Select(Assembly.Load).Append(Library), library => Assert.Equal(
            $".NETCoreApp,Version=v{Target["net".Length..]}", library.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(Repository.ResolveSource(path))!;
}
