using System;
using System.Text.Json;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>One item of a message, followed from event to event.</summary>
internal sealed class ItemTrack : IDisposable
{
    private readonly MessageItem _item;
    private ValueChanges? _changes;
    private StreamingJsonParser? _text;
    private bool _isText;
    private long _textBytes;
    private (ToolCallOutcome, ArgumentsState, bool, UnsafeReasons)? _told;

    public ItemTrack(int number, MessageItem item)
    {
        Number = number;
        _item = item;
        if (item is ToolCall call)
        {
            _changes = new ValueChanges(call.Arguments);
        }
        else
        {
            _isText = item.Kind == MessageItemKind.Text;
        }
    }

    /// <summary>Which item it is, in the order of their first events.</summary>
    public int Number { get; }

    /// <summary>Whether the provider took it back.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Writes the whole text after a delta that it does not end with, or that did not only extend it.</summary>
    public void WriteText(Utf8JsonWriter line, in ModelEvent next)
    {
        if (next.Kind is ModelEventKind.TextDelta or ModelEventKind.ReasoningDelta or ModelEventKind.RefusalDelta or ModelEventKind.ArgumentsDelta)
        {
            _textBytes += next.TextUtf8.Length;
            if (_item.TextUtf8.Length != _textBytes)
            {
                _textBytes = _item.TextUtf8.Length;
                line.WriteString("whole", _item.TextUtf8);
            }
        }
    }

    /// <summary>Writes what an event changed of the JSON value, if the item has one: arguments, or structured output.</summary>
    public void WriteChanges(Utf8JsonWriter line, in ModelEvent next)
    {
        switch (next.Kind)
        {
            case ModelEventKind.ArgumentsDelta:
                _changes!.Write(line);
                break;
            case ModelEventKind.ToolCallEnded:
                _changes!.Write(line, isEnd: true);
                break;
            case ModelEventKind.TextDelta when _isText:
                WriteStructured(line, next.TextUtf8);
                break;
        }
    }

    /// <summary>Writes an event with the verdict about a call, if it is another than the one that was written last.</summary>
    public void WriteVerdict(Utf8JsonWriter line)
    {
        if (_item is not ToolCall call || _told == (call.Outcome, call.ArgumentsState, call.IsSafeToExecute, call.Reasons))
        {
            return;
        }

        _told = (call.Outcome, call.ArgumentsState, call.IsSafeToExecute, call.Reasons);
        line.WriteStartObject();
        line.WriteString("event", "verdict");
        line.WriteNumber("item", Number);
        line.WriteString("outcome", OutputNames.Snake(call.Outcome.ToString()));
        line.WriteString("arguments_state", OutputNames.Snake(call.ArgumentsState.ToString()));
        line.WriteBoolean("safe_to_execute", call.IsSafeToExecute);
        line.WritePropertyName("reasons");
        FinalMessageWriter.WriteReasons(line, call.Reasons);
        line.WriteEndObject();
    }

    public void Dispose() => _text?.Dispose();

    // Visible text that begins like an object or array may be structured output: it is then shown as a value, too.
    private void WriteStructured(Utf8JsonWriter line, ReadOnlySpan<byte> delta)
    {
        if (_changes is null)
        {
            delta = delta.TrimStart(" \t\r\n"u8);
            _isText = delta.IsEmpty || delta[0] is (byte)'{' or (byte)'[';
            if (!_isText || delta.IsEmpty)
            {
                return;
            }

            _text = new StreamingJsonParser();
            _changes = new ValueChanges(_text);
        }

        if (_text!.TryAppend(delta) || _text.Error is not null)
        {
            _changes.Write(line);
        }
    }
}
