using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// The rules of the recordings: calls one by one in order; text, reasoning and refusals joined per choice; the finish reason. String arguments to the
/// letter, arguments that the provider sends as an object or as patches as JSON.
/// </summary>
internal static class RecordedComparer
{
    public static IEnumerable<string> Compare(JsonNode expected, JsonNode actual)
    {
        JsonNode[] want = Calls(expected);
        JsonNode[] got = Calls(actual);
        if (want.Length != got.Length)
        {
            yield return $"{got.Length} calls, not {want.Length}";
        }

        foreach (string difference in want.Zip(got).SelectMany((pair, i) => CompareCall(pair.First, pair.Second).Select(text => $"call {i}: {text}")))
        {
            yield return difference;
        }

        foreach (string kind in new[] { "text", "reasoning", "refusal" })
        {
            string wanted = Joined(expected, kind);
            string joined = Joined(actual, kind);
            if (wanted != joined)
            {
                yield return $"{kind} '{joined}', not '{wanted}'";
            }
        }

        if (Finish(expected["finish_reason"]) != Finish(actual["finish_reason"]))
        {
            yield return $"finish reason {Finish(actual["finish_reason"])}, not {Finish(expected["finish_reason"])}";
        }
    }

    private static IEnumerable<string> CompareCall(JsonNode want, JsonNode got)
    {
        foreach (string key in new[] { "id", "name" })
        {
            if (Text(want, key) != Text(got, key))
            {
                yield return $"{key} '{Text(got, key)}', not '{Text(want, key)}'";
            }
        }

        if (State(want) != State(got))
        {
            yield return $"state {State(got)}, not {State(want)}";
        }

        string wanted = Text(want, "arguments");
        string arguments = Text(got, "arguments");
        bool isEqual = Text(want, "arguments_form") is "object" or "partialArgs"
            ? TryParse(arguments, out JsonNode? value) && JsonNode.DeepEquals(value, want["arguments_json"])
            : wanted == arguments || (Text(want, "arguments_state") == "empty" && arguments.Trim() is "" or "{}");
        if (!isEqual)
        {
            yield return $"arguments '{arguments}', not '{wanted}'";
        }
    }

    private static JsonNode[] Calls(JsonNode result) => [.. result["items"]!.AsArray().Where(item => Text(item!, "kind") == "tool_call").Select(item => item!)];

    private static string Joined(JsonNode result, string kind)
    {
        SortedDictionary<int, string> texts = [];
        foreach (JsonNode? item in result["items"]!.AsArray().Where(item => Text(item!, "kind") == kind))
        {
            int choice = item!["choice"]?.GetValue<int>() ?? 0;
            texts[choice] = texts.GetValueOrDefault(choice, string.Empty) + Text(item, "text");
        }

        return string.Join('\n', texts.Where(text => text.Value.Length > 0).Select(text => string.Create(CultureInfo.InvariantCulture, $"{text.Key}:{text.Value}")));
    }

    private static string State(JsonNode call) => Text(call, "arguments_state") == "truncated" ? "invalid" : Text(call, "arguments_state");

    private static string Finish(JsonNode? finish) => finish switch
    {
        null => "null",
        JsonObject choices => string.Join(',', choices.OrderBy(choice => choice.Key, StringComparer.Ordinal).Select(choice => $"{choice.Key}={choice.Value}")),
        _ => finish.ToString(),
    };

    private static string Text(JsonNode item, string key) => item[key] is JsonValue value ? value.ToString() : string.Empty;

    private static bool TryParse(string text, out JsonNode? value)
    {
        try
        {
            value = text.Length == 0 ? null : JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
