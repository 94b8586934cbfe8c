using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>
/// What must be seen of a beginning of a text, from the start each time: the value so far, without what may not be seen yet, as closed
/// JSON, read by the serializer.
/// </summary>
public static class PartialOracle
{
    /// <summary>The value as JSON, or null when there is none to be seen.</summary>
    public static string? See<T>(ReadOnlySpan<byte> prefix, bool isEnded, Schema schema, JsonTypeInfo<T> typeInfo)
    {
        string? closed = Closed(prefix, isEnded, schema);
        return closed is null ? null : JsonSerializer.Serialize(JsonSerializer.Deserialize(closed, typeInfo), typeInfo!);
    }

    /// <summary>What may be seen, as closed JSON.</summary>
    public static string? Closed(ReadOnlySpan<byte> prefix, bool isEnded, Schema schema)
    {
        if (GrowingValueOracle.Snapshot(prefix, isEnded) is not { } value)
        {
            return null;
        }

        (int depth, bool isInText) = Openness(prefix);
        bool isOpen = depth > 0 || isInText;
        return isOpen ? Show(value, 0, schema, depth, isInText) : value.ToJson();
    }

    // How many containers are open, and whether the text ends in a string that is a value.
    private static (int Depth, bool IsInText) Openness(ReadOnlySpan<byte> prefix)
    {
        var open = new Stack<byte>();
        bool isInString = false;
        bool isName = false;
        byte last = 0;
        for (int at = 0; at < prefix.Length; at++)
        {
            byte next = prefix[at];
            if (isInString)
            {
                at += next == '\\' ? 1 : 0;
                isInString = next != '"';
                continue;
            }

            switch ((char)next)
            {
                case '"':
                    isInString = true;
                    isName = open.Count > 0 && open.Peek() == '{' && last is (byte)'{' or (byte)',' && open.Peek() == '{';
                    break;
                case '{' or '[':
                    open.Push(next);
                    break;
                case '}' or ']':
                    open.Pop();
                    break;
            }

            last = next is (byte)' ' or (byte)'\n' ? last : next;
        }

        return (open.Count, isInString && !isName);
    }

    private static string? Show(GrowingValue value, int level, Schema schema, int depth, bool isInText)
    {
        switch (schema)
        {
            case Prose when value.Kind == JsonValueKind.String:
                return value.ToJson();
            case Sequence sequence when value.Kind == JsonValueKind.Array:
                return Items(value, level, sequence, depth, isInText);
            case Entries entries when value.Kind == JsonValueKind.Object:
                return Members(value, level, name => new Member(name, () => entries.Item), [], depth, isInText);
            case Shaped shaped when value.Kind == JsonValueKind.Object:
                return Members(value, level, name => shaped.Members.FirstOrDefault(member => member.Name == name), shaped.Members, depth, isInText);
            case Choice choice when value.Kind == JsonValueKind.Object && value.Members.Count > 0 && value.Members[0].Key == choice.Name:
                Shaped? shape = choice.Shapes.FirstOrDefault(known => known.Tag == value.Members[0].Value.ToJson()).Shape;
                bool isTagOpen = value.Members.Count == 1 && isInText && level + 1 == depth;
                return shape is null || isTagOpen
                    ? null
                    : Members(
                        value,
                        level,
                        name => name == choice.Name ? new Member(name, () => new Atom()) : shape.Members.FirstOrDefault(m => m.Name == name),
                        shape.Members,
                        depth,
                        isInText);
            default:
                return null;
        }
    }

    private static string Items(GrowingValue value, int level, Sequence sequence, int depth, bool isInText)
    {
        var shown = new List<string>();
        for (int index = 0; index < value.Items.Count; index++)
        {
            bool isOpen = index == value.Items.Count - 1 && IsOpen(value.Items[index], level + 1, depth, isInText);
            string? item = isOpen ? Show(value.Items[index], level + 1, sequence.Item(), depth, isInText) : value.Items[index].ToJson();
            if (item is not null)
            {
                shown.Add(item);
            }
        }

        return "[" + string.Join(',', shown) + "]";
    }

    private static string? Members(GrowingValue value, int level, Func<string, Member?> find, Member[] known, int depth, bool isInText)
    {
        var shown = new List<string>();
        var there = new HashSet<string>(StringComparer.Ordinal);
        var whole = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < value.Members.Count; index++)
        {
            (string name, GrowingValue child) = value.Members[index];
            if (find(name) is not { } member)
            {
                continue;
            }

            bool isOpen = index == value.Members.Count - 1 && IsOpen(child, level + 1, depth, isInText);
            string? text = isOpen ? Show(child, level + 1, member.Schema(), depth, isInText) : child.ToJson();
            if (text is not null)
            {
                there.Add(name);
                shown.Add(JsonSerializer.Serialize(name) + ":" + text);
            }

            if (!isOpen)
            {
                whole.Add(name);
            }
        }

        bool isSeen = known.All(member => (!member.IsRequired || there.Contains(member.Name)) && (!member.Holds || whole.Contains(member.Name)));
        return isSeen ? "{" + string.Join(',', shown) + "}" : null;
    }

    private static bool IsOpen(GrowingValue child, int level, int depth, bool isInText) => child.Kind is JsonValueKind.Object or JsonValueKind.Array
        ? level < depth
        : child.Kind == JsonValueKind.String && level == depth && isInText;
}
