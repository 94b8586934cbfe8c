using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Tool.Output;

/// <summary>The words that records use; scripts read them.</summary>
internal static class OutputNames
{
    private static readonly FrozenDictionary<JsonErrorCode, string> ErrorCodes = CreateErrorCodes();

    /// <summary>partial, complete, truncated or invalid.</summary>
    public static string Of(JsonOutcome outcome) => outcome switch
    {
        JsonOutcome.Partial => "partial",
        JsonOutcome.Complete => "complete",
        JsonOutcome.Truncated => "truncated",
        _ => "invalid",
    };

    /// <summary>The error code in snake_case: unexpected_end.</summary>
    public static string Of(JsonErrorCode code) => ErrorCodes[code];

    /// <summary>The type of a value as RFC 8259 has it: true and false are booleans.</summary>
    public static string Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>started, string_delta, completed or document_completed.</summary>
    public static string Of(JsonEventKind kind) => kind switch
    {
        JsonEventKind.Started => "started",
        JsonEventKind.StringDelta => "string_delta",
        JsonEventKind.Completed => "completed",
        _ => "document_completed",
    };

    /// <summary>The name of a member of an enum, in snake_case: text_delta. A run of digits belongs to the word before it.</summary>
    public static string Snake(string member)
    {
        var name = new StringBuilder(member.Length + 4);
        foreach (char next in member)
        {
            if (char.IsUpper(next) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(next));
        }

        return name.ToString();
    }

    private static FrozenDictionary<JsonErrorCode, string> CreateErrorCodes()
    {
        var names = new Dictionary<JsonErrorCode, string>();
        foreach (JsonErrorCode code in Enum.GetValues<JsonErrorCode>())
        {
            names.Add(code, JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()));
        }

        return names.ToFrozenDictionary();
    }
}
