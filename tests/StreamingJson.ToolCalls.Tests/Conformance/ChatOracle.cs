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
    /// Whether some piece with a name or an id begins the call, pieces that may be its own join to exactly its name, id and arguments, and a good finish reason
    /// ends it; none left out that can be of no other call, and no payload in between that could not be read.
    /// </summary>
    public static bool IsWritten(byte[] stream, ToolCall call)
    {
        if (call.GetText().Trim().Length > 0 && !IsObject(call.GetText()))
        {
            return false;
        }

        List<Step> steps = [.. Steps(Encoding.UTF8.GetString(stream).ReplaceLineEndings("\n"))];
        return Enumerable.Range(0, steps.Count).Any(start => IsBegin(steps[start]) && steps[start].Choice == call.Choice && IsWrittenFrom(steps, start, call));
    }

    // Of each way to read the steps so far as pieces of the call: how much of it there is.
    private static bool IsWrittenFrom(List<Step> steps, int start, ToolCall call)
    {
        Step first = steps[start];
        HashSet<Part> parts = [.. new Part(0, 0, HasId: call.Id.Length == 0).With(first, call)];
        bool isAlone = true;
        foreach (Step step in steps.Skip(start + 1))
        {
            if (step.IsLost && (step.Choice is null || step.Choice == call.Choice))
            {
                return false;
            }

            if (step.Choice != call.Choice)
            {
                continue;
            }

            if (step.IsEnd)
            {
                return parts.Contains(new Part(call.GetText().Length, call.Name.Length, HasId: true));
            }

            bool isOnItsPlace = first.Place is not null && step.Place == first.Place;
            isAlone &= !isOnItsPlace || step.Name is null;
            bool isOfNoOther = isOnItsPlace && isAlone;
            bool canBeItsOwn = isOnItsPlace || first.Place is null || step.Place is null;
            parts = [.. parts.SelectMany(part => (canBeItsOwn ? part.With(step, call) : []).Concat(isOfNoOther ? [] : [part]))];
        }

        return false;
    }

    private static bool IsBegin(Step step) => step.Name is not null || step.Id is { Length: > 0 };

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
                long number = Number(Get(choice, "index")) ?? 0;
                bool isStreamed = Get(choice, "delta").ValueKind == JsonValueKind.Object;
                JsonElement delta = Get(choice, isStreamed ? "delta" : "message");
                JsonElement[] pieces = ItemsOrOne(delta, "tool_calls");
                steps.AddRange(pieces.Select((piece, place) => Piece(number, isStreamed ? PlaceOf(piece, place, pieces.Length) : null, Get(piece, "id"), Get(piece, "function"))));
                if (Get(delta, "function_call").ValueKind == JsonValueKind.Object)
                {
                    steps.Add(Piece(number, FunctionCall, default, Get(delta, "function_call")));
                }

                if (Text(Get(choice, "finish_reason")) is { Length: > 0 } finish)
                {
                    steps.Add(new Step(number, IsEnd: GoodEnds.Contains(finish), IsLost: !GoodEnds.Contains(finish)));
                }
            }

            return steps;
        }
        catch (JsonException)
        {
            return [Step.Lost];
        }
    }

    // Several without an index are told apart by where they stand.
    private static string? PlaceOf(JsonElement piece, int place, int count) =>
        (Number(Get(piece, "index")) ?? (count > 1 ? place : null))?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

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

    /// <param name="Choice">Its choice; <see langword="null"/> for what may be of any.</param>
    /// <param name="Place">The index, or what stands for it; <see langword="null"/> if nothing tells.</param>
    /// <param name="Id">The id, if there is one.</param>
    /// <param name="Name">The name or a piece of it, if there is one.</param>
    /// <param name="Arguments">A piece of the arguments, if there is one.</param>
    /// <param name="IsEnd">The choice is finished, and says so for a good reason.</param>
    /// <param name="IsLost">What could not be read, or a bad reason.</param>
    private sealed record Step(long? Choice, string? Place = null, string? Id = null, string? Name = null, string? Arguments = null, bool IsEnd = false, bool IsLost = false)
    {
        /// <summary>Text that this reading does not know: an object, or half a surrogate pair.</summary>
        public const string Anything = "\0";

        public static readonly Step Lost = new(Choice: null, IsLost: true);
    }

    /// <param name="Arguments">How many characters of the arguments.</param>
    /// <param name="Name">How many of the name.</param>
    /// <param name="HasId">Whether the id.</param>
    private sealed record Part(int Arguments, int Name, bool HasId)
    {
        /// <summary>The call with one piece more, if it can be: a name may go on or be repeated.</summary>
        public IEnumerable<Part> With(Step step, ToolCall call)
        {
            bool hasId = step.Id is { Length: > 0 };
            if ((hasId && step.Id is not Step.Anything && step.Id != call.Id) || End(call.GetText(), Arguments, step.Arguments) is not { } arguments)
            {
                return [];
            }

            IEnumerable<int?> names = [step.Name is null || step.Name == call.Name[..Name] ? Name : null, step.Name is null ? null : End(call.Name, Name, step.Name)];
            return names.OfType<int>().Select(name => new Part(arguments, name, HasId || hasId));
        }

        private static int? End(string text, int start, string? piece) =>
            piece is null ? start :
            piece == Step.Anything ? text.Length :
            string.CompareOrdinal(text, start, piece, 0, piece.Length) == 0 ? start + piece.Length : null;
    }
}
