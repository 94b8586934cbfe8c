using System.Reflection;
using System.Runtime.Versioning;
using Xunit;

namespace StreamingJson.Tests;

/// <summary>Three projects run these sources over three assets of the library; each must really have loaded its own.</summary>
public class AssetTests
{
#if ASSET_NET8
    private const string Expected = ".NETCoreApp,Version=v8.0";
#elif ASSET_NETSTANDARD
    private const string Expected = ".NETStandard,Version=v2.0";
#else
    private const string Expected = ".NETCoreApp,Version=v10.0";
#endif

    [Fact]
    public void TheLoadedLibrary_IsTheAssetThatThisProjectIsFor()
    {
        Assembly library = Assembly.Load("StreamingJson");
        Assert.Equal(Expected, library.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName);
    }
}
