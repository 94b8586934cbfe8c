using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>What a naive reading of a stream finds: the visible text in the order in which it came; each call as its name, a blank, its arguments.</summary>
internal sealed record NaiveMessage(string Text, IReadOnlyList<string> Calls);

/// <summary>
/// The assembler that everybody writes first: the whole stream is there, each payload is a JsonDocument, strings are joined. For streams in which nothing is
/// off, of payloads that it knows: anything else is beyond it, and it says so.
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
                // Which of two members with one name counts is a matter of taste, and so is whether an escaped name is that name.
                using JsonDocument document = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
                RefuseEscapedNames(document.RootElement);
                Read(document.RootElement);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null; // half a surrogate pair is an InvalidOperationException
        }

        return new NaiveMessage(_text.ToString(), [.. _calls.Select(call => $"{call.Name} {call.Arguments}")]);
    }

    protected abstract void Read(JsonElement payload);

    /// <summary>To be thrown for a payload that the reading does not know.</summary>
    protected static NotSupportedException Beyond() => new();

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

    protected bool Knows(string key) => _calls.Exists(call => call.Key == key);

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

    /// <summary>The member at the end of a path; undefined if there is none.</summary>
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

    /// <summary>A number of digits alone, as a key; one that is not there is 0.</summary>
    protected static string Index(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "0",
        JsonValueKind.Number when value.GetRawText().All(char.IsAsciiDigit) => value.GetRawText(),
        _ => throw Beyond(),
    };

    protected static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    protected static string StringOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A string that says what something is.</summary>
    protected static string WordOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && !value.GetRawText().Contains('\\', StringComparison.Ordinal) ? value.GetString()! : throw Beyond();

    private static void RefuseEscapedNames(JsonElement value)
    {
        foreach (JsonElement item in Items(value))
        {
            RefuseEscapedNames(item);
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                if (JsonMarshal.GetRawUtf8PropertyName(property).Contains((byte)'\\'))
                {
                    throw Beyond();
                }

                RefuseEscapedNames(property.Value);
            }
        }
    }
}
