using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>Patches of a document that is the whole answer.</summary>
/// <remarks>
/// <code>
/// {"items":[{"kind":"text","choice":0,"text":"It is"},                          a text as it is,
///           {"kind":"text","choice":0,"value":{"title":"Bo"}},                  or, where it is read as JSON, its value
///           {"kind":"tool_call","choice":0,"id":"call_1","name":"find","arguments":{"q":"x"},"outcome":"complete","safe_to_execute":true,"reasons":[]}],
///  "outcome":"complete","finish_reason":"tool_calls"}                           or "error":{"code","message"}
/// </code>
/// With several choices there is also <c>"finish_reasons":{"0":"tool_calls","1":"stop"}</c>.
/// </remarks>
internal sealed class PatchStreamWriter(ModelForwardOptions options, EventOutput output) : FormatWriter(output)
{
    private ModelMessage? _message;

    public override bool IsInterleaved => true;

    public override void Start(ModelMessage message)
    {
        _message = message;
        Utf8JsonWriter json = Output.BeginArray();
        BeginAdd(json, string.Empty);
        json.WriteStartObject("value"u8);
        json.WriteStartArray("items"u8);
        json.WriteEndArray();
        json.WriteString("outcome"u8, "partial"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        Output.EndArray();
    }

    public override void Begin(ForwardedItem item)
    {
        if (item.Part > 0)
        {
            return;
        }

        item.WireId = Encoding.UTF8.GetBytes($"{PathOf(item)}/text");
        Utf8JsonWriter json = Output.BeginArray();
        BeginAdd(json, PathOf(item));
        json.WriteStartObject("value"u8);
        json.WriteString("kind"u8, KindOf(item));
        json.WriteNumber("choice"u8, item.Source.Choice);
        if (item.Call is { } call)
        {
            json.WriteString("id"u8, FormatNames.IdOf(call, item.Number));
            json.WriteString("name"u8, call.NameUtf8);
            json.WriteString("outcome"u8, FormatNames.Of(ToolCallOutcome.Open));
            json.WriteBoolean("safe_to_execute"u8, false);
        }
        else if (!item.IsJson)
        {
            json.WriteString("text"u8, ReadOnlySpan<byte>.Empty);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        Output.EndArray();
    }

    public override void Grow(ForwardedItem item)
    {
        if (item.IsJson)
        {
            WriteValue(item);
            return;
        }

        ReadOnlySpan<byte> text = item.Pending;
        if (options.StandardPatches)
        {
            item.Whole ??= new ArrayBufferWriter<byte>();
            item.Whole.Write(text);
            text = item.Whole.WrittenSpan;
        }

        Utf8JsonWriter json = Output.BeginArray();
        json.WriteStartObject();
        json.WriteString("op"u8, options.StandardPatches ? "replace"u8 : "append"u8);
        json.WriteString("path"u8, item.WireId);
        json.WriteString("value"u8, text);
        json.WriteEndObject();
        Output.EndArray();
    }

    public override void End(ForwardedItem item)
    {
        if (item.Call is not { } call)
        {
            return;
        }

        if (!item.IsWithheld && !item.IsEnded)
        {
            WriteValue(item);
        }

        Utf8JsonWriter json = Output.BeginArray();
        if (call.ArgumentsState is ArgumentsState.Empty or ArgumentsState.Raw)
        {
            BeginAdd(json, $"{PathOf(item)}/arguments");
            json.WritePropertyName("value"u8);
            CallInput.Write(json, item);
            json.WriteEndObject();
        }

        if (call.NameUtf8.Length != item.ToldNameLength)
        {
            WriteString(json, $"{PathOf(item)}/name", call.Name);
        }

        WriteString(json, $"{PathOf(item)}/outcome", FormatNames.Of(call.Outcome));
        BeginAdd(json, $"{PathOf(item)}/safe_to_execute");
        json.WriteBoolean("value"u8, CallInput.IsSafeToExecute(item));
        json.WriteEndObject();
        BeginAdd(json, $"{PathOf(item)}/reasons");
        json.WritePropertyName("value"u8);
        FinalMessageWriter.WriteReasons(json, CallInput.ReasonsOf(item));
        json.WriteEndObject();
        Output.EndArray();
    }

    public override void Finish(FinishReason reason)
    {
        Utf8JsonWriter json = Output.BeginArray();
        WriteString(json, "/finish_reason", FormatNames.SnakeOf(reason));
        if (options.Choice is null && _message!.FinishedChoiceCount > 1)
        {
            WriteReasons(json, _message);
        }

        WriteString(json, "/outcome", FormatNames.Of(ForwardOutcome.Complete));
        Output.EndArray();
        WriteDone();
    }

    public override void Fail(ForwardOutcome outcome, string description)
    {
        Utf8JsonWriter json = Output.BeginArray();
        BeginAdd(json, "/error");
        json.WriteStartObject("value"u8);
        json.WriteString("code"u8, FormatNames.Of(outcome));
        json.WriteString("message"u8, description);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteString(json, "/outcome", FormatNames.Of(outcome));
        Output.EndArray();
        WriteDone();
    }

    private static string PathOf(ForwardedItem item) => FormattableString.Invariant($"/items/{item.Number}");

    private static string KindOf(ForwardedItem item) => item.Source.Kind switch
    {
        MessageItemKind.ToolCall => "tool_call",
        MessageItemKind.Reasoning => "reasoning",
        MessageItemKind.Refusal => "refusal",
        _ => "text",
    };

    private static void WriteReasons(Utf8JsonWriter json, ModelMessage message)
    {
        BeginAdd(json, "/finish_reasons");
        json.WriteStartObject("value"u8);
        for (int i = 0; i < message.FinishedChoiceCount; i++)
        {
            (int choice, FinishReason reason, _) = message.GetFinish(i);
            json.WriteString(choice.ToString(CultureInfo.InvariantCulture), FormatNames.SnakeOf(reason));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void BeginAdd(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject();
        json.WriteString("op"u8, "add"u8);
        json.WriteString("path"u8, path);
    }

    private static void WriteString(Utf8JsonWriter json, string path, string value)
    {
        BeginAdd(json, path);
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }

    private void WriteValue(ForwardedItem item)
    {
        item.Patches ??= new JsonPatchWriter(new JsonPatchOptions
        {
            StandardOnly = options.StandardPatches,
            PathPrefix = item.Call is null ? $"{PathOf(item)}/value" : $"{PathOf(item)}/arguments",
        });
        if (item.Patches.TryWrite(item.Snapshot, Output.Text))
        {
            Output.EndText();
        }
    }

    private void WriteDone()
    {
        Output.Text.Write("{}"u8);
        Output.EndText("done"u8);
    }
}
