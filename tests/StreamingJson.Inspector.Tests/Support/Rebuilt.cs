using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Inspector.Tests;

/// <summary>What a reader of the steps has: every value so far, rebuilt in the most naive way, by walking down its pointer each time.</summary>
internal sealed class Rebuilt
{
    private readonly Dictionary<int, Value> _values = [];
    private int _count;

    /// <summary>The last verdict about each call.</summary>
    public Dictionary<int, JsonElement> Verdicts { get; } = [];

    /// <summary>The items that the provider took back.</summary>
    public HashSet<int> Dropped { get; } = [];

    /// <summary>The text of each item, joined.</summary>
    public Dictionary<int, StringBuilder> Texts { get; } = [];

    public void Apply(JsonElement record)
    {
        foreach (JsonElement next in record.GetProperty("events").EnumerateArray())
        {
            if (!next.TryGetProperty("item", out JsonElement number))
            {
                continue;
            }

            int item = number.GetInt32();
            _count = Math.Max(_count, item + 1);
            if (next.GetProperty("event").GetString() == "verdict")
            {
                Verdicts[item] = next;
            }

            if (next.GetProperty("event").GetString() == "dropped")
            {
                Dropped.Add(item);
            }

            if (next.TryGetProperty("text", out JsonElement text))
            {
                Texts.TryAdd(item, new StringBuilder());
                Texts[item] = next.TryGetProperty("whole", out JsonElement whole) ? new StringBuilder(whole.GetString()) : Texts[item].Append(text.GetString());
            }

            if (next.TryGetProperty("changes", out JsonElement changes))
            {
                foreach (JsonElement change in changes.EnumerateArray())
                {
                    Apply(item, change);
                }
            }
        }
    }

    /// <summary>The value of an item as closed JSON; null while there is none.</summary>
    public string? Json(int item) => _values.TryGetValue(item, out Value? value) ? value.ToString() : null;

    /// <summary>All items: each an array of its text and its value, as JSON.</summary>
    public string Describe() =>
        $"[{string.Join(',', Enumerable.Range(0, _count).Select(item => $"[{JsonSerializer.Serialize(Texts.GetValueOrDefault(item)?.ToString() ?? "")},{Json(item) ?? "null"}]"))}]";

    /// <summary>The pointers of what is complete, sorted.</summary>
    public IReadOnlyList<string> Completed(int item)
    {
        List<string> pointers = [];
        if (_values.TryGetValue(item, out Value? value))
        {
            value.Collect("", pointers);
        }

        return [.. pointers.Order(StringComparer.Ordinal)];
    }

    private void Apply(int item, JsonElement change)
    {
        string pointer = change.GetProperty("pointer").GetString()!;
        string kind = change.GetProperty("kind").GetString()!;
        string? text = change.TryGetProperty("text", out JsonElement given) ? given.GetString() : null;
        switch (change.GetProperty("event").GetString())
        {
            case "started":
                Put(item, pointer, new Value(kind));
                break;
            case "string_delta":
                Find(item, pointer).Text.Append(text);
                break;
            case "completed" when text is not null:
                Put(item, pointer, new Value(kind) { IsComplete = true, Text = new StringBuilder(text) });
                break;
            case "completed":
                Find(item, pointer).IsComplete = true;
                break;
            default:
                throw new InvalidOperationException("No such change.");
        }
    }

    private void Put(int item, string pointer, Value value)
    {
        int slash = pointer.LastIndexOf('/');
        if (slash < 0)
        {
            _values[item] = value;
            return;
        }

        Value parent = Find(item, pointer[..slash]);
        string token = pointer[(slash + 1)..];
        if (parent.Kind == "array" && token != parent.Children.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("Arrays only append.");
        }

        parent.Children.RemoveAll(child => child.Token == token);
        parent.Children.Add((token, value));
    }

    private Value Find(int item, string pointer)
    {
        Value value = _values[item];
        foreach (string token in pointer.Split('/').Skip(1))
        {
            value = value.Children.Single(child => child.Token == token).Value;
        }

        return value;
    }

    private sealed class Value(string kind)
    {
        public string Kind => kind;

        public bool IsComplete { get; set; }

        public StringBuilder Text { get; init; } = new();

        public List<(string Token, Value Value)> Children { get; } = [];

        public void Collect(string pointer, List<string> completed)
        {
            if (IsComplete)
            {
                completed.Add(pointer);
            }

            Children.ForEach(child => child.Value.Collect($"{pointer}/{child.Token}", completed));
        }

        public override string ToString() => kind switch
        {
            "object" => $"{{{string.Join(',', Children.Select(child => $"{JsonSerializer.Serialize(Unescape(child.Token))}:{child.Value}"))}}}",
            "array" => $"[{string.Join(',', Children.Select(child => child.Value))}]",
            "string" => JsonSerializer.Serialize(Text.ToString()),
            _ => Text.ToString(),
        };

        private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
