using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>RFC 6902's <c>add</c> and <c>replace</c>, and <c>append</c>, letter by letter.</summary>
internal static class PatchedDocument
{
    public static JsonNode? Apply(JsonNode? document, JsonArray patch)
    {
        foreach (JsonNode? operation in patch)
        {
            string path = (string)operation!["path"]!;
            JsonNode? value = operation["value"]?.DeepClone();
            if (path.Length == 0)
            {
                document = value;
                continue;
            }

            string[] tokens = [.. path[1..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            JsonNode target = tokens[..^1].Aggregate(document!, Child);
            Apply((string)operation["op"]!, target, tokens[^1], value);
        }

        return document;
    }

    public static JsonNode? OfEvents(IEnumerable<(string? Type, string Data)> events) =>
        events.Where(e => e.Type is null).Aggregate((JsonNode?)null, (document, e) => Apply(document, JsonNode.Parse(e.Data)!.AsArray()));

    private static void Apply(string operation, JsonNode target, string token, JsonNode? value)
    {
        if (operation == "append")
        {
            value = (string)Child(target, token)! + (string)value!;
        }
        else if (operation == "replace")
        {
            _ = Child(target, token) ?? throw new InvalidOperationException("There is nothing to replace.");
        }

        if (target is not JsonArray array)
        {
            target[token] = value;
        }
        else if (operation == "add")
        {
            array.Insert(int.Parse(token, CultureInfo.InvariantCulture), value);
        }
        else
        {
            array[int.Parse(token, CultureInfo.InvariantCulture)] = value;
        }
    }

    private static JsonNode Child(JsonNode node, string token) => (node is JsonArray array ? array[int.Parse(token, CultureInfo.InvariantCulture)] : node[token])!;
}
