using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Tests.Architecture;

/// <summary>What the core depends on, and how much of it is public.</summary>
public class DependencyTests(ITestOutputHelper output)
{
    private static readonly Assembly Core = Assembly.Load("StreamingJson");

#if ASSET_NETSTANDARD
    // The base class library of netstandard2.0, and what is in the box on later targets.
    private static readonly string[] Allowed =
    [
        "netstandard", "Microsoft.Bcl.AsyncInterfaces", "System.Buffers", "System.IO.Pipelines", "System.Memory",
        "System.Text.Encodings.Web", "System.Text.Json", "System.Threading.Tasks.Extensions",
    ];
#else
    private static readonly string[] Allowed = [];
#endif

    [Fact]
    public void TheCore_ReferencesNothingButTheBaseClassLibrary()
    {
        string[] references = [.. Core.GetReferencedAssemblies().Select(name => name.Name!).Order(StringComparer.Ordinal)];
        output.WriteLine(string.Join('\n', references));
        Assert.All(references, name => Assert.True(IsAllowed(name), name));
    }

    [Theory]
    [InlineData("'$(TargetFramework)' != 'net10.0'", "System.IO.Pipelines System.Text.Json")]
    [InlineData("'$(TargetFramework)' == 'netstandard2.0'", "Microsoft.Bcl.AsyncInterfaces")]
    public void ThePackagesOfATarget(string condition, string packages)
    {
        var groups = from item in CoreProject().Descendants("PackageReference")
                     where item.Parent!.Attribute("Condition")?.Value == condition
                     select item.Attribute("Include")!.Value;
        Assert.Equal(packages, string.Join(' ', groups.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void NoOtherPackages_AndNoProjects()
    {
        Assert.Equal(3, CoreProject().Descendants("PackageReference").Count());
        Assert.Empty(CoreProject().Descendants("ProjectReference"));
    }

    [Fact]
    public void ThePublicTypes_AreAtMost25()
    {
        string[] types = [.. Core.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name).Order(StringComparer.Ordinal)];
        output.WriteLine(string.Join('\n', types));
        Assert.True(types.Length <= 25, $"{types.Length} public types: {string.Join(", ", types)}");
    }

    private static bool IsAllowed(string name) =>
        Allowed.Length > 0 ? Allowed.Contains(name) : name.StartsWith("System.", StringComparison.Ordinal);

    private static XDocument CoreProject() => XDocument.Load(Path.Combine(Repository.Root, "src", "StreamingJson", "StreamingJson.csproj"));
}
