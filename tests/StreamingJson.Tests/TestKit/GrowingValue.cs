using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// A JSON value so far, as the oracle sees it: a tiny tree, because a JsonNode cannot hold a repeated name. Members stand in the order in
/// which they appeared, repeated ones included.
/// </summary>
public sealed record GrowingValue(JsonValueKind Kind)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a string, decoded; of a number or a literal, as it was written.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<GrowingValue> Items { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, GrowingValue>> Members { get; init; } = [];

    /// <summary>The value as closed, compact JSON; numbers as they were written.</summary>
    public string ToJson() => Kind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', Members.Select(m => Quote(m.Key) + ":" + m.Value.ToJson())) + "}",
        JsonValueKind.Array => "[" + string.Join(',', Items.Select(item => item.ToJson())) + "]",
        JsonValueKind.String => Quote(Text),
        _ => Text,
    };

    /// <summary>Of members with one name only the last is kept, at the place of the first: what a reader of "last wins" sees.</summary>
    public GrowingValue LastWins()
    {
        var members = new List<KeyValuePair<string, GrowingValue>>();
        foreach ((string name, GrowingValue value) in Members)
        {
            int earlier = members.FindIndex(m => m.Key == name);
            var member = KeyValuePair.Create(name, value.LastWins());
            if (earlier < 0)
            {
                members.Add(member);
            }
            else
            {
                members[earlier] = member;
            }
        }

        return this with { Members = members, Items = [.. Items.Select(item => item.LastWins())] };
    }

    /// <summary>With sorted members: they have no order (RFC 8259, section 4), so where a repeated one stands is for nobody to say.</summary>
    public GrowingValue InOrderOfNames() => this with
    {
        Members = [.. Members.Select(m => KeyValuePair.Create(m.Key, m.Value.InOrderOfNames())).OrderBy(m => m.Key, StringComparer.Ordinal)],
        Items = [.. Items.Select(item => item.InOrderOfNames())],
    };

    /// <summary>The same value, member by member in the same order; numbers compare by their text.</summary>
    public bool Matches(JsonElement element) => Kind == element.ValueKind && Kind switch
    {
        JsonValueKind.Object => MatchesMembers([.. element.EnumerateObject()]),
        JsonValueKind.Array => MatchesItems([.. element.EnumerateArray()]),
        JsonValueKind.String => element.ValueEquals(Text),
        _ => element.GetRawText() == Text,
    };

    /// <summary>The same value as this closed JSON text.</summary>
    public bool Matches(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Matches(document.RootElement);
    }

    /// <summary>What System.Text.Json reads, as a tree of this kind.</summary>
    public static GrowingValue From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new(JsonValueKind.Object)
        {
            Members = [.. element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, From(p.Value)))],
        },
        JsonValueKind.Array => new(JsonValueKind.Array) { Items = [.. element.EnumerateArray().Select(From)] },
        JsonValueKind.String => new(JsonValueKind.String) { Text = element.GetString()! },
        _ => new(element.ValueKind) { Text = element.GetRawText() },
    };

    public override string ToString() => ToJson();

    /// <summary>By content; the lists that the compiler would compare by reference are compared through the text.</summary>
    public bool Equals(GrowingValue? other) => other is not null && Kind == other.Kind && ToJson() == other.ToJson();

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    private bool MatchesMembers(JsonProperty[] properties) =>
        Members.Count == properties.Length
        && Members.Zip(properties).All(pair => pair.Second.NameEquals(pair.First.Key) && pair.First.Value.Matches(pair.Second.Value));

    private bool MatchesItems(JsonElement[] elements) =>
        Items.Count == elements.Length && Items.Zip(elements).All(pair => pair.First.Matches(pair.Second));

    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);
}
