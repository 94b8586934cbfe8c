using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Tool.Verification;

/// <summary>Compares a mirror with a snapshot, and with the mirror of another run. Recursive: the parser limits the depth.</summary>
internal static class MirrorComparer
{
    /// <summary>Laws 3 to 5: the snapshot shows exactly what the events said.</summary>
    /// <exception cref="LawBrokenException">It does not.</exception>
    public static void RequireSame(MirrorNode? expected, in JsonSnapshot snapshot)
    {
        if (snapshot.HasValue != expected is not null)
        {
            throw new LawBrokenException(4, "the snapshot has a value and the events have none, or the other way round");
        }

        if (expected is not null)
        {
            RequireSame(expected, snapshot.RootElement);
        }
    }

    /// <summary>Law 1: two runs over the same bytes saw the same.</summary>
    /// <exception cref="LawBrokenException">They did not.</exception>
    public static void RequireSame(MirrorNode? expected, MirrorNode? actual)
    {
        if (expected is null || actual is null)
        {
            Laws.Require(1, expected is null && actual is null, $"{Describe(expected ?? actual!)} is there in one run only");
            return;
        }

        Laws.Require(
            1, expected.Kind == actual.Kind,
            $"{Describe(expected)} is a {expected.Kind} in one run and a {actual.Kind} in the other");
        Laws.Require(
            1, expected.Start == actual.Start && expected.End == actual.End,
            $"{Describe(expected)} stands elsewhere, at {actual.Start} to {actual.End}");
        Laws.Require(1, expected.Name.AsSpan().SequenceEqual(actual.Name), $"{Describe(expected)} has another name");
        Laws.Require(1, expected.Text.SequenceEqual(actual.Text), $"{Describe(expected)} has another text");
        for (int index = 0; index < Math.Min(expected.Children.Count, actual.Children.Count); index++)
        {
            RequireSame(expected.Children[index], actual.Children[index]);
        }

        Laws.Require(
            1, expected.Children.Count == actual.Children.Count,
            $"{Describe(expected)} has {actual.Children.Count} children, not {expected.Children.Count}");
    }

    private static void RequireSame(MirrorNode expected, in PartialJsonElement actual)
    {
        Laws.Require(4, actual.ValueKind == expected.Kind, $"{Describe(expected)} is a {actual.ValueKind} in the snapshot");
        Laws.Require(
            5, actual.IsComplete == expected.IsComplete,
            $"{Describe(expected)} is complete in the snapshot or by the events, not both");
        (int start, int end) = actual.ByteRange;
        Laws.Require(
            4, start == expected.Start && (!expected.IsComplete || end == expected.End),
            $"{Describe(expected)} stands at {start} to {end} in the snapshot");
        switch (expected.Kind)
        {
            case JsonValueKind.Object:
                RequireSameProperties(expected, actual);
                break;
            case JsonValueKind.Array:
                RequireSameItems(expected, actual);
                break;
            case JsonValueKind.String:
                Laws.Require(
                    3, actual.TextUtf8.SequenceEqual(expected.Text),
                    $"{Describe(expected)} has another text in the snapshot than by its deltas");
                break;
            case JsonValueKind.Number:
                Laws.Require(2, actual.RawUtf8.SequenceEqual(expected.Text), $"{Describe(expected)} has another text in the snapshot");
                break;
        }
    }

    private static void RequireSameProperties(MirrorNode expected, in PartialJsonElement actual)
    {
        int index = 0;
        foreach (PartialJsonProperty property in actual.EnumerateObject())
        {
            Laws.Require(
                4, index < expected.Children.Count,
                $"{Describe(expected)} has more properties in the snapshot than by the events");
            MirrorNode child = expected.Children[index++];
            Laws.Require(4, property.NameUtf8.SequenceEqual(child.Name), $"{Describe(child)} has another name in the snapshot");
            RequireSame(child, property.Value);
        }

        Laws.Require(4, index == expected.Children.Count && index == actual.GetPropertyCount(), $"{Describe(expected)} lost properties");
    }

    private static void RequireSameItems(MirrorNode expected, in PartialJsonElement actual)
    {
        int index = 0;
        foreach (PartialJsonElement item in actual.EnumerateArray())
        {
            Laws.Require(4, index < expected.Children.Count, $"{Describe(expected)} has more items in the snapshot than by the events");
            RequireSame(expected.Children[index++], item);
        }

        Laws.Require(4, index == expected.Children.Count && index == actual.GetArrayLength(), $"{Describe(expected)} lost items");
    }

    private static string Describe(MirrorNode node) =>
        string.Create(CultureInfo.InvariantCulture, $"the value at offset {node.Start} ('{Pointer(node)}')");

    /// <summary>The RFC 6901 pointer of a node.</summary>
    public static string Pointer(MirrorNode node)
    {
        if (node.Parent is null)
        {
            return string.Empty;
        }

        string token = node.Parent.Kind == JsonValueKind.Array
            ? node.Index.ToString(CultureInfo.InvariantCulture)
            : Encoding.UTF8.GetString(node.Name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"{Pointer(node.Parent)}/{token}";
    }
}
