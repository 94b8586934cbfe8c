using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>A straight reading of a Chat stream, with documents and strings: whether a call stands there, whole, with nothing lost on the way.</summary>
internal static class ChatOracle
{
    // The one call of before there were several: no index is its place, though a piece without any may be of it.
    private const string FunctionCall = "function_call";

    private static readonly string[] GoodEnds =
    [
        "stop", "tool_calls", "function_call", "eos", "eos_token", "end_turn", "stop_sequence", "tool_use", "pause_turn", "completed", "requires_action", "tool-calls",
        "interrupt", "success", "endoftext", "STOP", "STOP_SEQUENCE", "COMPLETE", "TOOL_CALL", "FINISH", "FINISHED",
    ];

    /// <summary>
    /// Whether some piece with a name or an id begins the call, the pieces on its place that follow join to exactly its arguments, and a finish reason ends it; no payload
    /// in between that could not be read.
    /// </summary>
    public static bool IsWritten(byte[] stream, ToolCall call)
    {
        if (call.GetText().Trim().Length > 0 && !IsObject(call.GetText()))
        {
            return false;
        }

        List<Step> steps = [.. Steps(Encoding.UTF8.GetString(stream).ReplaceLineEndings("\n"))];
        for (int start = 0; start < steps.Count; start++)
        {
            if (steps[start].Choice == call.Choice && (steps[start].Name is not null || steps[start].Id is { Length: > 0 }) && IsWrittenFrom(steps, start, call))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWrittenFrom(List<Step> steps, int start, ToolCall call)
    {
        string rest = call.GetText();
        string name = string.Empty;
        string id = string.Empty;
        string? place = steps[start].Place;
        foreach (Step step in steps.Skip(start))
        {
            if (step.IsLost)
            {
                return false;
            }

            if (step.Choice != call.Choice)
            {
                continue;
            }

            if (step.IsEnd)
            {
                return rest.Length == 0 && name == call.Name && id == call.Id;
            }

            bool isMine = step.Place is null || place is null || step.Place == place;
            bool isAnothers = step.Id is { Length: > 0 } && id.Length > 0 && step.Id != id;
            if (!isMine || isAnothers || (step.Arguments is { } piece && piece != Step.Anything && !rest.StartsWith(piece, StringComparison.Ordinal)))
            {
                continue;
            }

            rest = step.Arguments == Step.Anything ? string.Empty : rest[(step.Arguments?.Length ?? 0)..];
            name = step.Name is { } part && part != name ? name + part : name;
            id = id.Length == 0 ? step.Id ?? string.Empty : id;
        }

        return false;
    }

    private static IEnumerable<Step> Steps(string stream)
    {
        foreach (string block in stream.Split("\n\n"))
        {
            string[] lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string data = string.Join('\n', lines.Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..])).Trim();
            bool isStrange = lines.Any(line => !line.StartsWith(':') && !line.StartsWith("data:", StringComparison.Ordinal) && !line.StartsWith("event:", StringComparison.Ordinal) && !line.StartsWith("id:", StringComparison.Ordinal) && !line.StartsWith("retry:", StringComparison.Ordinal) && line is not ("data" or "event" or "id" or "retry"));
            if (isStrange)
            {
                yield return Step.Lost;
            }

            if (data.Length > 0 && data != "[DONE]")
            {
                foreach (Step step in Payload(data))
                {
                    yield return step;
                }
            }
        }
    }

    private static List<Step> Payload(string data)
    {
        List<Step> steps = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = 128 });
            foreach (JsonElement choice in Items(document.RootElement, "choices"))
            {
                long number = Get(choice, "index") is { ValueKind: JsonValueKind.Number } index ? index.GetInt64() : 0;
                JsonElement delta = Get(choice, "delta") is { ValueKind: JsonValueKind.Object } streamed ? streamed : Get(choice, "message");
                JsonElement[] pieces = ItemsOrOne(delta, "tool_calls");
                steps.AddRange(pieces.Select((piece, place) => Piece(number, PlaceOf(piece) ?? DefaultPlace(place, pieces.Length), Get(piece, "id"), Get(piece, "function"))));
                if (Get(delta, "function_call").ValueKind == JsonValueKind.Object)
                {
                    steps.Add(Piece(number, FunctionCall, default, Get(delta, "function_call")));
                }

                if (Text(Get(choice, "finish_reason")) is { Length: > 0 } finish)
                {
                    steps.Add(GoodEnds.Contains(finish) ? new Step(number, IsEnd: true) : Step.Lost);
                }
            }

            return steps;
        }
        catch (JsonException)
        {
            return [Step.Lost];
        }
    }

    private static string? PlaceOf(JsonElement piece) => Get(piece, "index") is { ValueKind: JsonValueKind.Number } index ? index.GetRawText() : null;

    // Several without an index are told apart by where they stand.
    private static string? DefaultPlace(int place, int count) => count > 1 ? place.ToString(CultureInfo.InvariantCulture) : null;

    private static Step Piece(long choice, string? place, JsonElement id, JsonElement function)
    {
        JsonElement arguments = Get(function, "arguments");
        string? text = arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null :
            arguments.ValueKind == JsonValueKind.String ? Text(arguments) : Step.Anything;
        string? name = Text(Get(function, "name"));
        return new Step(choice, place, Text(id), name?.Length == 0 ? null : name, text);
    }

    // Half a surrogate pair is no string: anything fits.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return Step.Anything;
        }
    }

    // The last of the name.
    private static JsonElement Get(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().LastOrDefault(property => IsNamed(property, name)).Value : default;

    // Half a surrogate pair is no name.
    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonElement[] Items(JsonElement value, string name) =>
        Get(value, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    private static JsonElement[] ItemsOrOne(JsonElement value, string name) =>
        Get(value, name) is { ValueKind: JsonValueKind.Object } one ? [one] : Items(value, name);

    private static bool IsObject(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Step(long Choice, string? Place = null, string? Id = null, string? Name = null, string? Arguments = null, bool IsEnd = false, bool IsLost = false)
    {
        /// <summary>Arguments whose text this reading does not know: an object, or half a surrogate pair.</summary>
        public const string Anything = "\0";

        public static readonly Step Lost = new(0, IsLost: true);
    }
}
