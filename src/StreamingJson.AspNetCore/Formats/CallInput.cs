using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>What formats say of a call: its arguments, and why it is not safe.</summary>
internal static class CallInput
{
    /// <summary>Writes the arguments as far as they are known, closed: what is redacted is not in them. Free text is a string.</summary>
    public static void Write(Utf8JsonWriter json, ForwardedItem item)
    {
        ToolCall call = item.Call!;
        if (item.IsWithheld)
        {
            json.WriteNullValue();
        }
        else if (call.ArgumentsState == ArgumentsState.Empty)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else if (call.ArgumentsState == ArgumentsState.Raw && !item.IsRedacted)
        {
            json.WriteStringValue(call.TextUtf8);
        }
        else if (item.Snapshot.RootElement.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            item.Snapshot.WriteTo(json);
        }
    }

    /// <summary>
    /// Whether what the client has of the call is what the model wrote, whole, and nothing is doubted: safe to execute, or executed by the provider. The latter is
    /// no fault that a client is to be shown.
    /// </summary>
    public static bool IsSound(ForwardedItem item) => IsSafeToExecute(item) || (item.Call!.Outcome == ToolCallOutcome.Complete && ReasonsOf(item) == UnsafeReasons.ProviderExecuted);

    /// <summary>Whether the client may execute the call: by the verdict of the library, and because all of it has left, but for what is redacted.</summary>
    public static bool IsSafeToExecute(ForwardedItem item) => item.Call!.IsSafeToExecute && ReasonsOf(item) == UnsafeReasons.None;

    /// <summary>What speaks against executing what the client has of the call.</summary>
    public static UnsafeReasons ReasonsOf(ForwardedItem item) => item.Call!.Reasons
        | (item.IsWithheld ? UnsafeReasons.Stopped : UnsafeReasons.None)
        | (item.IsCut ? UnsafeReasons.ArgumentsTruncated : UnsafeReasons.None);

    /// <summary>Why the call is not to be executed, for the client's eyes: the library's own words alone.</summary>
    public static string Describe(ForwardedItem item)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            FinalMessageWriter.WriteReasons(json, ReasonsOf(item));
        }

        return $"The call is {FormatNames.Of(item.Call!.Outcome)} and not safe to execute: {Encoding.UTF8.GetString(buffer.WrittenSpan)}";
    }
}
