using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// Bounds are checked by the runtime: nothing in the libraries, as they were compiled, is unsafe code or refers to what goes round the checks. (The
/// analyzer with <c>src/BannedSymbols.txt</c> says it of the sources, at the line.)
/// </summary>
public sealed class AssemblyTests
{
    private static readonly string[] Banned =
    [
        "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal", "System.Runtime.InteropServices.Marshal",
        "System.Runtime.InteropServices.NativeMemory", "System.Runtime.InteropServices.GCHandle", "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Text.RegularExpressions.Regex", "System.Security.UnverifiableCodeAttribute", "System.Buffers.MemoryHandle",
        "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter", "System.Reflection.Emit.DynamicMethod",
    ];

    public static TheoryData<string> Libraries =>
        [typeof(StreamingJsonParser).Assembly.Location, typeof(FrameReader).Assembly.Location, typeof(ModelStreamReader).Assembly.Location];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ALibrary_HasNoUnsafeCode_AndRefersToNothingThatIsBanned(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        string[] referred = [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
        Assert.NotEmpty(referred);

        // What the compiler itself needs for a collection expression that becomes a span stands in a class of its own.
        HashSet<string> ofTheCompiler = [.. OfTheCompiler(metadata)];
        Assert.Empty(referred.Intersect(Banned).Except(ofTheCompiler));
        Assert.DoesNotContain(metadata.MethodDefinitions.Select(metadata.GetMethodDefinition), method => !method.GetImport().Module.IsNil);
    }

    /// <summary>The types that only <c>&lt;PrivateImplementationDetails&gt;</c> may refer to, if it has the methods that do.</summary>
    private static IEnumerable<string> OfTheCompiler(MetadataReader metadata)
    {
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (metadata.GetString(type.Name) != "<PrivateImplementationDetails>")
            {
                continue;
            }

            if (type.GetMethods().Select(metadata.GetMethodDefinition).Any(method => metadata.GetString(method.Name).StartsWith("InlineArray", StringComparison.Ordinal)))
            {
                yield return "System.Runtime.CompilerServices.Unsafe";
                yield return "System.Runtime.InteropServices.MemoryMarshal";
            }
        }
    }
}
