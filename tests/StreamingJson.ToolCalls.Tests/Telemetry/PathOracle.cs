using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The values of a document in order, by walking it; what stands at the offsets is read by the platform's parser.</summary>
internal static class PathOracle
{
    public static void AssertSame(JsonElement root, byte[] text, IReadOnlyList<PathReport> paths)
    {
        (string Pointer, JsonElement Value)[] expected = [.. Walk(string.Empty, root)];
        Assert.Equal(expected.Select(value => (value.Pointer, value.Value.ValueKind)), paths.Select(path => (path.Pointer, path.Kind)));
        foreach (((_, JsonElement value), PathReport path) in expected.Zip(paths))
        {
            using JsonDocument part = JsonDocument.Parse(text.AsMemory(path.StartOffset, path.EndOffset!.Value - path.StartOffset));
            Assert.Equal(value.GetRawText(), part.RootElement.GetRawText());
        }
    }

    private static IEnumerable<(string Pointer, JsonElement Value)> Walk(string pointer, JsonElement value)
    {
        IEnumerable<(string Step, JsonElement Value)> children = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(property => (property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), property.Value)),
            JsonValueKind.Array => value.EnumerateArray().Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        return children.SelectMany(child => Walk($"{pointer}/{child.Step}", child.Value)).Prepend((pointer, value));
    }
}
