using System;
using OpenAI.Responses;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>Writes an update of Responses as the event it was (platform.openai.com/docs/api-reference/responses-streaming).</summary>
internal static class ResponsePayload
{
    public static void Write(StreamingResponseUpdate update, ModelPayload payload)
    {
        payload.StartObject();
        payload.WriteString("type"u8, update.Kind.ToString());

        // The SDK says 0 too where the wire has none. Only the first event of a response is number 0.
        if (update.SequenceNumber != 0 || update is StreamingResponseCreatedUpdate)
        {
            payload.WriteNumber("sequence_number"u8, update.SequenceNumber);
        }

        switch (update)
        {
            case StreamingResponseOutputTextDeltaUpdate text:
                WritePlace(payload, text.ItemId, text.OutputIndex, "content_index"u8, text.ContentIndex);
                payload.WriteString("delta"u8, text.Delta);
                break;
            case StreamingResponseFunctionCallArgumentsDeltaUpdate arguments:
                WritePlace(payload, arguments.ItemId, arguments.OutputIndex);
                payload.WriteBytes("delta"u8, arguments.Delta);
                break;
            case StreamingResponseMcpCallArgumentsDeltaUpdate arguments:
                WritePlace(payload, arguments.ItemId, arguments.OutputIndex);
                payload.WriteBytes("delta"u8, arguments.Delta);
                break;
            case StreamingResponseCustomToolCallInputDeltaUpdate input:
                WritePlace(payload, input.ItemId, input.OutputIndex);
                payload.WriteString("delta"u8, input.InputDelta);
                break;
            case StreamingResponseReasoningTextDeltaUpdate reasoning:
                WritePlace(payload, reasoning.ItemId, reasoning.OutputIndex, "content_index"u8, reasoning.ContentIndex);
                payload.WriteString("delta"u8, reasoning.Delta);
                break;
            case StreamingResponseReasoningSummaryTextDeltaUpdate summary:
                WritePlace(payload, summary.ItemId, summary.OutputIndex, "summary_index"u8, summary.SummaryIndex);
                payload.WriteString("delta"u8, summary.Delta);
                break;
            case StreamingResponseRefusalDeltaUpdate refusal:
                WritePlace(payload, refusal.ItemId, refusal.OutputIndex, "content_index"u8, refusal.ContentIndex);
                payload.WriteString("delta"u8, refusal.Delta);
                break;
            default:
                WriteWhole(update, payload);
                break;
        }

        payload.EndObject();
    }

    // What says all of something once more, and what stands around.
    private static void WriteWhole(StreamingResponseUpdate update, ModelPayload payload)
    {
        switch (update)
        {
            case StreamingResponseOutputItemAddedUpdate added:
                payload.WriteNumber("output_index"u8, added.OutputIndex);
                ResponseItemPayload.Write("item"u8, added.Item, payload);
                break;
            case StreamingResponseOutputItemDoneUpdate done:
                payload.WriteNumber("output_index"u8, done.OutputIndex);
                ResponseItemPayload.Write("item"u8, done.Item, payload);
                break;
            case StreamingResponseOutputTextDoneUpdate text:
                WritePlace(payload, text.ItemId, text.OutputIndex, "content_index"u8, text.ContentIndex);
                payload.WriteString("text"u8, text.Text);
                break;
            case StreamingResponseFunctionCallArgumentsDoneUpdate arguments:
                WritePlace(payload, arguments.ItemId, arguments.OutputIndex);
                payload.WriteString("name"u8, arguments.FunctionName);
                payload.WriteBytes("arguments"u8, arguments.FunctionArguments);
                break;
            case StreamingResponseMcpCallArgumentsDoneUpdate arguments:
                WritePlace(payload, arguments.ItemId, arguments.OutputIndex);
                payload.WriteBytes("arguments"u8, arguments.ToolArguments);
                break;
            case StreamingResponseCustomToolCallInputDoneUpdate input:
                WritePlace(payload, input.ItemId, input.OutputIndex);
                payload.WriteString("input"u8, input.Input);
                break;
            case StreamingResponseReasoningTextDoneUpdate reasoning:
                WritePlace(payload, reasoning.ItemId, reasoning.OutputIndex, "content_index"u8, reasoning.ContentIndex);
                payload.WriteString("text"u8, reasoning.Text);
                break;
            case StreamingResponseReasoningSummaryTextDoneUpdate summary:
                WritePlace(payload, summary.ItemId, summary.OutputIndex, "summary_index"u8, summary.SummaryIndex);
                payload.WriteString("text"u8, summary.Text);
                break;
            case StreamingResponseRefusalDoneUpdate refusal:
                WritePlace(payload, refusal.ItemId, refusal.OutputIndex, "content_index"u8, refusal.ContentIndex);
                payload.WriteString("refusal"u8, refusal.Refusal);
                break;
            case StreamingResponseErrorUpdate error:
                payload.WriteString("code"u8, error.Code);
                payload.WriteString("message"u8, error.Message);
                break;
            default:
                WriteResponse(ResponseOf(update), payload);
                break;
        }
    }

    private static ResponseResult? ResponseOf(StreamingResponseUpdate update) => update switch
    {
        StreamingResponseCreatedUpdate created => created.Response,
        StreamingResponseQueuedUpdate queued => queued.Response,
        StreamingResponseInProgressUpdate inProgress => inProgress.Response,
        StreamingResponseCompletedUpdate completed => completed.Response,
        StreamingResponseIncompleteUpdate incomplete => incomplete.Response,
        StreamingResponseFailedUpdate failed => failed.Response,
        _ => null,
    };

    private static void WriteResponse(ResponseResult? response, ModelPayload payload)
    {
        if (response is null)
        {
            return;
        }

        payload.StartObject("response"u8);
        payload.WriteString("id"u8, response.Id);
        payload.WriteString("model"u8, response.Model);
        if (response.Status is { } status)
        {
            payload.WriteString("status"u8, WordOf(status));
        }

        if (response.Error is { } error)
        {
            payload.StartObject("error"u8);
            payload.WriteString("code"u8, error.Code.ToString());
            payload.WriteString("message"u8, error.Message);
            payload.EndObject();
        }

        if (response.IncompleteStatusDetails?.Reason is { } reason)
        {
            payload.StartObject("incomplete_details"u8);
            payload.WriteString("reason"u8, reason.ToString());
            payload.EndObject();
        }

        payload.StartArray("output"u8);
        for (int i = 0; i < response.OutputItems.Count; i++)
        {
            ResponseItemPayload.Write(default, response.OutputItems[i], payload);
        }

        payload.EndArray();
        WriteUsage(response.Usage, payload);
        payload.EndObject();
    }

    private static void WriteUsage(ResponseTokenUsage? usage, ModelPayload payload)
    {
        if (usage is null)
        {
            return;
        }

        payload.StartObject("usage"u8);
        payload.WriteNumber("input_tokens"u8, usage.InputTokenCount);
        payload.WriteNumber("output_tokens"u8, usage.OutputTokenCount);
        payload.WriteNumber("total_tokens"u8, usage.TotalTokenCount);
        payload.StartObject("input_tokens_details"u8);
        payload.WriteNumber("cached_tokens"u8, usage.InputTokenDetails?.CachedTokenCount);
        payload.EndObject();
        payload.StartObject("output_tokens_details"u8);
        payload.WriteNumber("reasoning_tokens"u8, usage.OutputTokenDetails?.ReasoningTokenCount);
        payload.EndObject();
        payload.EndObject();
    }

    private static ReadOnlySpan<byte> WordOf(ResponseStatus status) => status switch
    {
        ResponseStatus.InProgress => "in_progress"u8,
        ResponseStatus.Completed => "completed"u8,
        ResponseStatus.Cancelled => "cancelled"u8,
        ResponseStatus.Queued => "queued"u8,
        ResponseStatus.Incomplete => "incomplete"u8,
        ResponseStatus.Failed => "failed"u8,
        _ => "unknown"u8,
    };

    private static void WritePlace(ModelPayload payload, string itemId, int outputIndex)
    {
        payload.WriteString("item_id"u8, itemId);
        payload.WriteNumber("output_index"u8, outputIndex);
    }

    private static void WritePlace(ModelPayload payload, string itemId, int outputIndex, ReadOnlySpan<byte> partName, int part)
    {
        WritePlace(payload, itemId, outputIndex);
        payload.WriteNumber(partName, part);
    }
}
