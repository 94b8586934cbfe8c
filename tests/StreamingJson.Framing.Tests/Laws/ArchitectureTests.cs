using System;
using System.Reflection;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class ArchitectureTests
{
    /// <summary>Framing knows no JSON values and no other part of the library: only the framework.</summary>
    [Fact]
    public void Framing_ReferencesTheFrameworkOnly()
    {
        string[] allowed = ["System.", "Microsoft.Bcl.AsyncInterfaces", "netstandard"];
        foreach (AssemblyName reference in typeof(FrameReader).Assembly.GetReferencedAssemblies())
        {
            Assert.Contains(allowed, name => reference.Name!.StartsWith(name, StringComparison.Ordinal));
            Assert.NotEqual("System.Text.Json", reference.Name);
        }
    }

    [Fact]
    public void PublicTypes_AreSealedOrValuesAndInOneNamespace()
    {
        Type[] types = [.. typeof(FrameReader).Assembly.GetExportedTypes()];
        Assert.All(types, type => Assert.Equal("StreamingJson.Framing", type.Namespace));
        Assert.All(types, type => Assert.True(type.IsSealed || type.IsValueType || type == typeof(AsyncFrameReader), type.Name));
        Assert.InRange(types.Length, 1, 20);
    }
}
