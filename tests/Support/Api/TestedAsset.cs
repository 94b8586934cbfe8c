using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using Xunit;

namespace StreamingJson.Tests.Support;

/// <summary>Several projects run the same sources over the assets of a library; each must really have loaded its own.</summary>
internal static class TestedAsset
{
#if ASSET_NET8
    public const string Target = "net8.0";
    private const string Framework = ".NETCoreApp,Version=v8.0";
#elif ASSET_NETSTANDARD
    public const string Target = "netstandard2.0";
    private const string Framework = ".NETStandard,Version=v2.0";
#else
    public const string Target = "net10.0";
    private const string Framework = ".NETCoreApp,Version=v10.0";
#endif

    /// <summary>The library, which was built for the target of this project, as those it depends on were.</summary>
    public static Assembly Load(string library)
    {
        Assembly assembly = Assembly.Load(library);
        Assert.Equal((library, Framework), (library, assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName));
        foreach (AssemblyName reference in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("StreamingJson", StringComparison.Ordinal)))
        {
            Load(reference.Name!);
        }

        return assembly;
    }
}
