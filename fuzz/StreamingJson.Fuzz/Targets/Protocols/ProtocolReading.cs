using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>What a naive reading of a stream finds: the visible text in the order in which it came; each call as its name, a blank, its arguments.</summary>
internal sealed record NaiveMessage(string Text, IReadOnlyList<string> Calls);

/// <summary>
/// The assembler that everybody writes first: the whole stream is there, each payload is a JsonDocument, strings are joined. For streams in which nothing is off.
/// </summary>
internal abstract class ProtocolReading
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Key, StringBuilder Name, StringBuilder Arguments)> _calls = [];

    /// <summary>Reads a stream; <see langword="null"/> if that is beyond a naive reading.</summary>
    public NaiveMessage? Read(string stream)
    {
        _text.Clear();
        _calls.Clear();
        try
        {
            foreach (string payload in Payloads(stream).Select(payload => payload.Trim()).Where(payload => payload.Length > 0 && payload != "[DONE]"))
            {
                using JsonDocument document = JsonDocument.Parse(payload);
                Read(document.RootElement);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // half a surrogate pair, or deeper than it looks
        }

        return new NaiveMessage(_text.ToString(), [.. _calls.Select(call => $"{call.Name} {call.Arguments}")]);
    }

    protected abstract void Read(JsonElement payload);

    /// <summary>The data of server-sent events.</summary>
    protected virtual IEnumerable<string> Payloads(string stream)
    {
        string[] lines = stream.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var data = new List<string>();
        foreach (string line in lines.Append(""))
        {
            if (line.Length == 0)
            {
                yield return string.Join('\n', data);
                data.Clear();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Add(line[5..]);
            }
        }
    }

    protected void AddText(JsonElement text) => _text.Append(StringOf(text));

    /// <summary>Adds to the call of a key; the first piece makes it.</summary>
    protected void AddCall(string key, JsonElement name, JsonElement arguments)
    {
        (string Key, StringBuilder Name, StringBuilder Arguments) call = _calls.Find(call => call.Key == key);
        if (call.Name is null)
        {
            call = (key, new StringBuilder(), new StringBuilder());
            _calls.Add(call);
        }

        call.Name.Append(StringOf(name));
        call.Arguments.Append(StringOf(arguments));
    }

    /// <summary>The member at the end of a path; undefined if there is none. The last of members with one name counts.</summary>
    protected static JsonElement At(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return default;
            }
        }

        return value;
    }

    protected static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    protected static string StringOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
