using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>What a snapshot shows to somebody who walks through it, without its own writer.</summary>
public static class Observed
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value as a tree; null while nothing of it is known.</summary>
    public static GrowingValue? Value(JsonSnapshot snapshot) => snapshot.HasValue ? Value(snapshot.RootElement) : null;

    public static GrowingValue Value(PartialJsonElement element)
    {
        var value = new GrowingValue(element.ValueKind);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<KeyValuePair<string, GrowingValue>>();
                foreach (PartialJsonProperty property in element.EnumerateObject())
                {
                    members.Add(KeyValuePair.Create(property.Name, Value(property.Value)));
                }

                return value with { Members = members };

            case JsonValueKind.Array:
                return value with { Items = [.. Items(element).Select(Value)] };

            case JsonValueKind.String:
                return value with { Text = StrictUtf8.GetString(element.TextUtf8) };

            default:
                return value with { Text = element.GetRawText() };
        }
    }

    /// <summary>All values of a snapshot, each after its descendants.</summary>
    public static IEnumerable<PartialJsonElement> ValuesPostOrder(JsonSnapshot snapshot)
    {
        foreach (PartialJsonElement root in snapshot.RootElements)
        {
            foreach (PartialJsonElement element in PostOrder(root))
            {
                yield return element;
            }
        }
    }

    public static IEnumerable<PartialJsonElement> Children(PartialJsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return Items(element);
        }

        return element.ValueKind == JsonValueKind.Object ? Members(element).Select(property => property.Value) : [];
    }

    public static IEnumerable<PartialJsonProperty> Members(PartialJsonElement element)
    {
        foreach (PartialJsonProperty property in element.EnumerateObject())
        {
            yield return property;
        }
    }

    /// <summary>All that can be seen of a snapshot, as text: to be compared with what can be seen of it later.</summary>
    public static string Print(JsonSnapshot snapshot)
    {
        var lines = new List<string>
        {
            $"{snapshot.Outcome} {snapshot.ByteCount} {snapshot.Leniencies} {Run.Describe(snapshot.InFlight)}",
            snapshot.ToString(),
        };
        foreach (PartialJsonElement element in ValuesPostOrder(snapshot))
        {
            string text = element.ValueKind == JsonValueKind.String ? StrictUtf8.GetString(element.TextUtf8) : "";
            lines.Add($"{element.ValueKind} {element.ByteRange} {element.IsComplete} {element.Leniencies} {element.GetRawText()} {text}");
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<PartialJsonElement> PostOrder(PartialJsonElement element) =>
        Children(element).SelectMany(PostOrder).Append(element);

    private static IEnumerable<PartialJsonElement> Items(PartialJsonElement element)
    {
        foreach (PartialJsonElement item in element.EnumerateArray())
        {
            yield return item;
        }
    }
}
