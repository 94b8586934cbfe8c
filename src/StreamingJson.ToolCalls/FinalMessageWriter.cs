using System;
using System.Text.Json;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>Writes a whole message as one JSON object: what <c>streamingjson calls --final</c> prints.</summary>
/// <remarks>
/// <c>{"file","protocol","outcome","finish_reason","items":[...],"usage","anomalies":[{"kind","detail"}]}</c>, with items
/// <c>{"kind":"text|reasoning|refusal","index","choice","text"}</c> and
/// <c>{"kind":"tool_call","index","choice","id","name","arguments","arguments_state","safe_to_execute","reasons":[]}</c>.
/// <c>finish_reason</c> is the provider's own word; with more than one finished choice an object by choice.
/// </remarks>
public static class FinalMessageWriter
{
    private static readonly (UnsafeReasons Reason, string Name)[] ReasonNames =
    [
        (UnsafeReasons.NotEnded, "not_ended"),
        (UnsafeReasons.ArgumentsTruncated, "arguments_truncated"),
        (UnsafeReasons.ArgumentsInvalid, "arguments_invalid"),
        (UnsafeReasons.ArgumentsNotObject, "arguments_not_object"),
        (UnsafeReasons.ArgumentsRaw, "arguments_raw"),
        (UnsafeReasons.Repaired, "repaired"),
        (UnsafeReasons.ArgumentsContradicted, "arguments_contradicted"),
        (UnsafeReasons.ArgumentsAfterEnd, "arguments_after_end"),
        (UnsafeReasons.IdentityDoubt, "identity_doubt"),
        (UnsafeReasons.MissingName, "missing_name"),
        (UnsafeReasons.LimitExceeded, "limit_exceeded"),
        (UnsafeReasons.NoExplicitEnd, "no_explicit_end"),
        (UnsafeReasons.FinishReason, "finish_reason"),
        (UnsafeReasons.StreamError, "stream_error"),
        (UnsafeReasons.AfterFinish, "after_finish"),
        (UnsafeReasons.ProviderRejected, "provider_rejected"),
        (UnsafeReasons.RepeatedNames, "repeated_names"),
        (UnsafeReasons.ProviderExecuted, "provider_executed"),
        (UnsafeReasons.Stopped, "stopped"),
    ];

    /// <summary>Writes one object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="reader">The reader; usually after its last event.</param>
    /// <param name="file">The value of <c>file</c>; <see langword="null"/> leaves the property out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> or <paramref name="reader"/> is null.</exception>
    public static void Write(Utf8JsonWriter writer, ModelStreamReader reader, string? file = null)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        writer.WriteStartObject();
        WriteProperties(writer, reader, file);
        writer.WriteEndObject();
    }

    /// <summary>Writes the properties into an object that the caller has begun, and ends, perhaps with properties of its own.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteProperties(Utf8JsonWriter writer, ModelStreamReader reader, string? file = null)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        ModelMessage message = (reader ?? throw new ArgumentNullException(nameof(reader))).Message;
        if (file is not null)
        {
            writer.WriteString("file"u8, file);
        }

        writer.WriteString("protocol"u8, ModelProtocolNames.GetName(reader.Recognition.Protocol));
        writer.WriteString("outcome"u8, NameOf(message.Outcome));
        WriteFinish(writer, message);
        writer.WriteStartArray("items"u8);
        foreach (MessageItem item in message.Items)
        {
            WriteItem(writer, item);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("usage"u8);
        if (message.UsageUtf8.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            // A reader has accepted it, to a depth that a document would refuse.
            writer.WriteRawValue(message.UsageUtf8, skipInputValidation: true);
        }

        writer.WriteStartArray("anomalies"u8);
        foreach (Anomaly anomaly in message.Anomalies)
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, SnakeCase.Of(anomaly.Kind.ToString()));
            writer.WriteString("detail"u8, anomaly.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the names of reasons as an array of strings.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="reasons">The reasons.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public static void WriteReasons(Utf8JsonWriter writer, UnsafeReasons reasons)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        writer.WriteStartArray();
        foreach ((UnsafeReasons reason, string name) in ReasonNames)
        {
            if ((reasons & reason) != 0)
            {
                writer.WriteStringValue(name);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteFinish(Utf8JsonWriter writer, ModelMessage message)
    {
        writer.WritePropertyName("finish_reason"u8);
        switch (message.FinishedChoiceCount)
        {
            case 0:
                writer.WriteNullValue();
                break;
            case 1:
                writer.WriteStringValue(message.GetFinish(0).Word);
                break;
            default:
                writer.WriteStartObject();
                for (int i = 0; i < message.FinishedChoiceCount; i++)
                {
                    (int choice, _, string word) = message.GetFinish(i);
                    writer.WriteString(choice.ToString(System.Globalization.CultureInfo.InvariantCulture), word);
                }

                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteItem(Utf8JsonWriter writer, MessageItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, item.Kind == MessageItemKind.ToolCall ? "tool_call" : SnakeCase.Of(item.Kind.ToString()));
        if (item.Index < 0)
        {
            writer.WriteNull("index"u8);
        }
        else
        {
            writer.WriteNumber("index"u8, item.Index);
        }

        writer.WriteNumber("choice"u8, item.Choice);
        if (item is ToolCall call)
        {
            WriteCall(writer, call);
        }
        else
        {
            writer.WriteString("text"u8, item.TextUtf8);
        }

        writer.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter writer, ToolCall call)
    {
        WriteOrNull(writer, "id"u8, call.IdUtf8);
        WriteOrNull(writer, "name"u8, call.NameUtf8);
        writer.WriteString("arguments"u8, call.TextUtf8);
        writer.WriteString("arguments_state"u8, SnakeCase.Of(call.ArgumentsState.ToString()));
        writer.WriteBoolean("safe_to_execute"u8, call.IsSafeToExecute);
        writer.WritePropertyName("reasons"u8);
        WriteReasons(writer, call.Reasons);
    }

    private static void WriteOrNull(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }

    private static string NameOf(JsonOutcome outcome) => SnakeCase.Of(outcome.ToString());
}
