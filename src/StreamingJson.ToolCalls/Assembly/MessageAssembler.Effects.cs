using System;
using System.Collections.Generic;
using System.Text.Json;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Events take effect when they are read.</content>
internal sealed partial class MessageAssembler
{
    private readonly Queue<ModelError> _errors = new();
    private JsonEquality? _equality;

    /// <summary>The next event, after it took effect.</summary>
    public bool TryRead(out ModelEvent value)
    {
        while (true)
        {
            // What an event brought to light stands before it.
            if (_front.TryDequeue(out value))
            {
                if (value.Kind == ModelEventKind.Anomaly)
                {
                    Message.Add(new Anomaly((AnomalyKind)value.Code, value.Item, value.Detail));
                }

                return true;
            }

            if (!_queue.TryDequeue(out value))
            {
                return false;
            }

            if (!TakeEffect(ref value))
            {
                continue;
            }

            if (_front.IsEmpty)
            {
                return true;
            }

            _front.Enqueue(value);
        }
    }

    // False: nothing to deliver.
    private bool TakeEffect(ref ModelEvent value)
    {
        switch (value.Kind)
        {
            case ModelEventKind.TextDelta or ModelEventKind.ReasoningDelta or ModelEventKind.RefusalDelta:
                return TakeText(value.Item!, Scratch(value.Start, value.Length), ref value);
            case ModelEventKind.ToolCallStarted:
                List(value.Item!);
                return true;
            case ModelEventKind.ArgumentsDelta:
                return TakeArguments(value.ToolCall!, Scratch(value.Start, value.Length), ref value);
            case ModelEventKind.ToolCallEnded:
                TakeEnd(value.ToolCall!, (UnsafeReasons)value.Code, value.Start != 0);
                return true;
            case ModelEventKind.Finished:
                Message.SetFinish(value.Choice, (FinishReason)value.Code, value.Detail!);
                ReportContradicted(value.Choice, (FinishReason)value.Code, value.Start);
                return true;
            case ModelEventKind.Error:
                Message.Add(_errors.Dequeue());
                return true;
            case ModelEventKind.Anomaly:
                Message.Add(new Anomaly((AnomalyKind)value.Code, value.Item, value.Detail));
                return true;
            case ModelEventKind.StreamEnded:
                Message.Outcome = WorstOutcome((JsonOutcome)value.Code);
                EndTexts();
                return true;
            case ConfirmArgumentsKind:
                Confirm(value.ToolCall!, Scratch(value.Start, value.Length), isValue: value.Code != 0);
                return false;
            case ConfirmTextKind:
                Confirm(value.Item!, Scratch(value.Start, value.Length));
                return false;
            case DropItemKind:
                value.Item!.IsListed = false;
                Message.ItemList.Remove(value.Item);
                return false;
            case ForgetArgumentsKind:
                value.ToolCall!.ForgetArguments();
                return false;
            default:
                return true;
        }
    }

    private void List(MessageItem item)
    {
        if (!item.IsListed)
        {
            item.IsListed = true;
            item.Follower = Recorder?.Begin(item);
            Message.ItemList.Add(item);
        }
    }

    private bool TakeText(MessageItem item, ReadOnlySpan<byte> text, ref ModelEvent value)
    {
        List(item);
        if (!_options.KeepText)
        {
            item.PassText();
        }

        int start = item.TextBuffer.Length;
        item.TextBuffer.Append(text);
        if (item.Parser is { } parser)
        {
            parser.TryAppend(text);
            item.Follower?.Follow(parser);
        }

        value = new ModelEvent(DeltaOf(item.Kind), item, start: start, length: text.Length);
        return true;
    }

    private bool TakeArguments(ToolCall call, ReadOnlySpan<byte> piece, ref ModelEvent value)
    {
        int start = call.TextBuffer.Length;
        AnomalyKind anomaly = call.Take(piece);
        if (anomaly != AnomalyKind.None)
        {
            Report(ref _front, anomaly, call, null);
        }

        value = new ModelEvent(ModelEventKind.ArgumentsDelta, call, start: start, length: Math.Max(0, call.TextBuffer.Length - start));
        return value.Length > 0;
    }

    private void TakeEnd(ToolCall call, UnsafeReasons reasons, bool isExplicit)
    {
        call.End(reasons, isExplicit);
        if (call.NameBuffer.Length == 0)
        {
            Report(ref _front, AnomalyKind.NameMissing, call, null);
        }

        switch (call.ArgumentsState)
        {
            case ArgumentsState.Empty when call.Outcome == ToolCallOutcome.Complete:
                Report(ref _front, AnomalyKind.ArgumentsEmpty, call, null);
                break;
            case ArgumentsState.Valid:
                if (call.TextUtf8.TrimBlanks().Length != call.TextUtf8.Length)
                {
                    Report(ref _front, AnomalyKind.ArgumentsPadded, call, null);
                }

                if (call.Snapshot.RootElement is { ValueKind: JsonValueKind.String } text && text.TextUtf8.TrimBlanks().StartsWith("{"u8))
                {
                    Report(ref _front, AnomalyKind.ArgumentsDoubleEncoded, call, null);
                }

                break;
        }
    }

    private void Confirm(ToolCall call, ReadOnlySpan<byte> whole, bool isValue)
    {
        if (!call.IsStopped && !MeansTheSame(call, whole, isValue))
        {
            call.Doubt(UnsafeReasons.ArgumentsContradicted);
            Report(ref _front, AnomalyKind.ArgumentsContradicted, call, null);
        }
    }

    // Blanks around mean nothing, nor does it that no arguments are an empty object. A value was read and written again by the provider: only what it says can be compared.
    private bool MeansTheSame(ToolCall call, ReadOnlySpan<byte> whole, bool isValue)
    {
        ReadOnlySpan<byte> text = call.TextUtf8.TrimBlanks();
        whole = whole.TrimBlanks();
        if (text.SequenceEqual(whole))
        {
            return true;
        }

        _equality ??= new JsonEquality();
        return text.IsEmpty || whole.IsEmpty ? _equality.AreEqual(text.IsEmpty ? whole : text, "{}"u8) : isValue && _equality.AreEqual(text, whole);
    }

    private void Confirm(MessageItem item, ReadOnlySpan<byte> whole)
    {
        if (_options.KeepText && !item.TextUtf8.SequenceEqual(whole))
        {
            Report(ref _front, AnomalyKind.TextContradicted, item, null);
        }
    }

    // Texts that are read as JSON end with the stream. One that may have been cut is left as it is: "12" could have been the beginning of 123.
    private void EndTexts()
    {
        foreach (MessageItem text in _texts)
        {
            FinishReason finish = GetFinish(text.Choice, Response);
            if (Message.Outcome == JsonOutcome.Complete && (finish == FinishReason.None || FinishReasons.IsGood(finish)))
            {
                text.Parser?.Complete();
            }
        }
    }

    // What was taken back does not count.
    private JsonOutcome WorstOutcome(JsonOutcome worst)
    {
        if (_isTextFull && worst == JsonOutcome.Complete)
        {
            worst = JsonOutcome.Truncated;
        }

        foreach (ToolCall call in _calls)
        {
            if (!call.IsListed)
            {
                continue;
            }

            if (call.Outcome == ToolCallOutcome.Invalid)
            {
                worst = JsonOutcome.Invalid;
            }
            else if (call.Outcome == ToolCallOutcome.Truncated && worst == JsonOutcome.Complete)
            {
                worst = JsonOutcome.Truncated;
            }
        }

        return worst;
    }
}
