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
    public NaiveMessage? Read(byte[] stream)
    {
        _text.Clear();
        _calls.Clear();
        Clear();
        try
        {
            foreach (string payload in Payloads(stream).Select(payload => payload.Trim()).Where(payload => payload.Length > 0 && payload != "[DONE]"))
            {
                ReadText(payload);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return null; // half a surrogate pair is an InvalidOperationException
        }

        return new NaiveMessage(_text.ToString(), [.. _calls.Select(call => $"{call.Name} {call.Arguments}")]);
    }

    protected abstract void Read(JsonElement payload);

    /// <summary>Forgets what a reading remembers of a stream, beside text and calls.</summary>
    protected virtual void Clear()
    {
    }

    /// <summary>To be thrown for a payload that the reading does not know.</summary>
    protected static NotSupportedException Beyond() => new();

    /// <summary>The payloads, in their order; those of server-sent events, unless a reading has it otherwise.</summary>
    protected virtual IEnumerable<string> Payloads(byte[] stream)
    {
        string[] lines = TextOf(stream).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
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

    /// <summary>Plain text: what is no ASCII, or a blank to .NET alone, is beyond a naive reading.</summary>
    protected static string TextOf(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) && !bytes.ContainsAny("\f\v"u8) ? Encoding.ASCII.GetString(bytes) : throw Beyond();

    /// <summary>Reads a payload that is JSON.</summary>
    protected void ReadText(string payload)
    {
        // Which of two members with one name counts is a matter of taste, and so is whether an escaped name is that name.
        using JsonDocument document = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
        RefuseEscapedNames(document.RootElement);
        Read(document.RootElement);
    }

    protected void AddText(JsonElement text) => _text.Append(StringOf(text));

    protected bool Knows(string key) => _calls.Exists(call => call.Key == key);

    protected int Calls => _calls.Count;

    protected bool HasText => _text.Length > 0;

    /// <summary>Whether a call has arguments so far.</summary>
    protected bool HasArguments(string key) => _calls.Exists(call => call.Key == key && call.Arguments.Length > 0);

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

    /// <summary>A call that comes whole, its arguments as an object.</summary>
    protected void AddWholeCall(JsonElement name, JsonElement arguments)
    {
        if (name.ValueKind != JsonValueKind.String || arguments.ValueKind != JsonValueKind.Object)
        {
            throw Beyond();
        }

        _calls.Add(($"whole {_calls.Count}", new StringBuilder(name.GetString()), new StringBuilder(Compact(arguments.GetRawText()))));
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

    protected static bool Has(JsonElement value, params ReadOnlySpan<string> path) => At(value, path).ValueKind != JsonValueKind.Undefined;

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

    // Without the blanks between tokens; what is written stays as it is written.
    private static string Compact(string json)
    {
        var compact = new StringBuilder();
        bool isInString = false;
        for (int at = 0; at < json.Length; at++)
        {
            if (isInString && json[at] == '\\')
            {
                compact.Append(json[at++]);
            }
            else if (json[at] == '"')
            {
                isInString = !isInString;
            }

            if (isInString || !char.IsWhiteSpace(json[at]))
            {
                compact.Append(json[at]);
            }
        }

        return compact.ToString();
    }

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

/// <summary>A payload each line: of a file, or messages of a WebSocket.</summary>
internal abstract class LineReading : ProtocolReading
{
    protected override IEnumerable<string> Payloads(byte[] stream) => TextOf(stream).Split('\n');
}
