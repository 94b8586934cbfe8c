using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StreamingJson.Tests.TestKit;
using Xunit;
using JsonArray = System.Text.Json.Nodes.JsonArray;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace StreamingJson.Binding.Tests;

/// <summary>
/// A client: applies operations to a tree, by the letter of RFC 6902 and 6901, and knows nothing of the library. <c>append</c> is the one
/// extension.
/// </summary>
internal sealed class PatchedDocument
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private JsonNode? _root;

    /// <summary>Whether there was an operation.</summary>
    public bool HasValue { get; private set; }

    /// <summary>How many operations there were.</summary>
    public int Operations { get; private set; }

    public JsonNode? Root => _root;

    /// <summary>The value as a tree that keeps the text of numbers.</summary>
    public GrowingValue Value
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(_root?.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 }) ?? "null", Deep);
            return GrowingValue.From(document.RootElement);
        }
    }

    /// <summary>Applies a batch: an array of operations.</summary>
    public void ApplyArray(ReadOnlySpan<byte> batch)
    {
        foreach (JsonNode? operation in JsonNode.Parse(batch, null, Deep)!.AsArray())
        {
            Apply(operation!.AsObject());
        }
    }

    /// <summary>Applies a batch: an operation a line.</summary>
    public void ApplyLines(ReadOnlySpan<byte> batch)
    {
        string text = Encoding.UTF8.GetString(batch);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Apply(JsonNode.Parse(line, null, Deep)!.AsObject());
        }
    }

    private void Apply(JsonObject operation)
    {
        Operations++;
        Assert.Equal(["op", "path", "value"], operation.Select(member => member.Key));
        string path = operation["path"]!.GetValue<string>();
        JsonNode? value = operation["value"]?.DeepClone();
        switch (operation["op"]!.GetValue<string>())
        {
            case "add":
                Put(path, value, isNew: true);
                break;
            case "replace":
                Assert.True(HasValue);
                Assert.NotNull(Find(path));
                Put(path, value, isNew: false);
                break;
            case "append":
                Assert.Equal(JsonValueKind.String, Find(path)!.GetValueKind());
                string addition = value!.GetValue<string>();
                Assert.NotEqual("", addition);
                Put(path, JsonValue.Create(Find(path)!.GetValue<string>() + addition), isNew: false);
                break;
            case var other:
                Assert.Fail($"There is no operation '{other}'.");
                break;
        }

        HasValue = true;
    }

    private void Put(string path, JsonNode? value, bool isNew)
    {
        if (path.Length == 0)
        {
            _root = value;
            return;
        }

        int slash = path.LastIndexOf('/');
        string token = Unescape(path[(slash + 1)..]);
        switch (Find(path[..slash]))
        {
            case JsonObject parent:
                parent[token] = value;
                break;
            case JsonArray parent when isNew:
                parent.Insert(int.Parse(token, NumberStyles.None, CultureInfo.InvariantCulture), value);
                break;
            case JsonArray parent:
                parent[int.Parse(token, NumberStyles.None, CultureInfo.InvariantCulture)] = value;
                break;
            default:
                Assert.Fail($"Nothing at '{path}' to put a child in.");
                break;
        }
    }

    private JsonNode? Find(string path)
    {
        JsonNode? node = _root;
        foreach (string token in path.Split('/').Skip(1).Select(Unescape))
        {
            node = node is JsonArray array ? array[int.Parse(token, NumberStyles.None, CultureInfo.InvariantCulture)] : node![token];
        }

        return node;
    }

    // RFC 6901, section 4: first ~1, then ~0.
    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
