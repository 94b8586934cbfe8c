using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>The events of items that OpenAI's Responses and Realtime have in common: <c>response.output_item.*</c>, and a <c>.delta</c> and <c>.done</c> for each kind of text.</summary>
internal abstract partial class OpenAIEventProtocol : Protocol
{
    private enum Subject
    {
        None,
        Text,
        Refusal,
        Reasoning,
        Summary,
        Arguments,
        McpArguments,
        FreeText,
    }

    /// <summary>Whether any item of the response was seen: then its last event only repeats them.</summary>
    protected virtual bool HasItems { get; set; }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["type"u8];
        ReadOnlySpan<byte> name = type.IsString ? type.Raw : frame.EventType;
        if (name.StartsWith("response."u8))
        {
            ReadEvent(name.Slice("response."u8.Length), root, message);
        }
        else if (name.SequenceEqual("error"u8) || root["error"u8].HasValue)
        {
            ErrorPayload.Read(root, message);
        }
        else if (!type.IsString || root["choices"u8].IsArray)
        {
            message.Report(AnomalyKind.ForeignPayload);
        }
    }

    public override void Reset() => HasItems = false;

    /// <summary>Reads an event of the response as a whole.</summary>
    /// <param name="name">Its name, behind <c>response.</c></param>
    /// <param name="root">The event.</param>
    /// <param name="message">Takes what it says.</param>
    protected abstract void ReadResponse(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message);

    /// <summary>Tells the parts of texts apart whose output index is the same.</summary>
    /// <param name="itemId">The id of the item.</param>
    /// <param name="part">The number of the part in the item.</param>
    protected abstract long PartOf(EnvelopeValue itemId, long part);

    /// <summary>Reads an event.</summary>
    /// <param name="name">Its name, behind <c>response.</c></param>
    /// <param name="root">The event.</param>
    /// <param name="message">Takes what it says.</param>
    protected virtual void ReadEvent(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message)
    {
        if (name.EndsWith(".delta"u8))
        {
            ReadPiece(SubjectOf(name.Slice(0, name.Length - ".delta"u8.Length)), root, message);
        }
        else if (name.SequenceEqual("output_item.added"u8))
        {
            HasItems = true;
            if (IsCall(root["item"u8]))
            {
                StartCall(root["output_index"u8], root["item"u8], message);
            }
        }
        else if (name.SequenceEqual("output_item.done"u8))
        {
            HasItems = true;
            ReadItem(root["output_index"u8], root["item"u8], message);
        }
        else if (name.SequenceEqual("content_part.done"u8) || name.SequenceEqual("reasoning_part.done"u8))
        {
            ReadPart(IndexOf(root), root["item_id"u8], root["part"u8], root["content_index"u8].AsInt64() ?? 0, message);
        }
        else if (name.SequenceEqual("reasoning_summary_part.done"u8))
        {
            ReadPart(IndexOf(root), root["item_id"u8], root["part"u8], ~(root["summary_index"u8].AsInt64() ?? 0), message);
        }
        else if (name.EndsWith(".done"u8))
        {
            ReadWhole(SubjectOf(name.Slice(0, name.Length - ".done"u8.Length)), root, message);
        }
        else
        {
            ReadResponse(name, root, message);
        }
    }

    private static Subject SubjectOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("output_text"u8) || name.SequenceEqual("text"u8) ? Subject.Text :
        name.SequenceEqual("function_call_arguments"u8) ? Subject.Arguments :
        name.SequenceEqual("mcp_call_arguments"u8) ? Subject.McpArguments :
        name.SequenceEqual("custom_tool_call_input"u8) ? Subject.FreeText :
        name.SequenceEqual("reasoning_summary_text"u8) || name.SequenceEqual("reasoning_summary"u8) ? Subject.Summary :
        name.SequenceEqual("reasoning_text"u8) || name.SequenceEqual("reasoning"u8) ? Subject.Reasoning :
        name.SequenceEqual("refusal"u8) ? Subject.Refusal :
        // What is said aloud is text too: its transcript. The beta had other names.
        name.SequenceEqual("output_audio_transcript"u8) || name.SequenceEqual("audio_transcript"u8) || name.SequenceEqual("audio.transcript"u8) ? Subject.Text :
        Subject.None;

    private static bool IsInput(Subject subject) => subject is Subject.Arguments or Subject.McpArguments or Subject.FreeText;

    private static long IndexOf(EnvelopeValue root) => root["output_index"u8].AsInt64() ?? MessageAssembler.NoIndex;

    private static MessageItemKind KindOf(Subject subject) =>
        subject == Subject.Text ? MessageItemKind.Text : subject == Subject.Refusal ? MessageItemKind.Refusal : MessageItemKind.Reasoning;

    private void ReadPiece(Subject subject, EnvelopeValue root, MessageAssembler message)
    {
        HasItems = HasItems || subject != Subject.None;
        EnvelopeValue delta = root["delta"u8];
        if (IsInput(subject))
        {
            if (FindOrJoinCall(subject, root, message) is { } call)
            {
                message.AppendArguments(call, delta);
            }
        }
        else if (subject != Subject.None)
        {
            message.AppendText(KindOf(subject), 0, IndexOf(root), delta.IsObject ? delta["text"u8] : delta, PartOf(subject, root));
        }
    }

    // A ".done" says all of it once more; it counts where no delta came.
    private void ReadWhole(Subject subject, EnvelopeValue root, MessageAssembler message)
    {
        HasItems = HasItems || subject != Subject.None;
        if (IsInput(subject))
        {
            if (FindOrJoinCall(subject, root, message) is { } call)
            {
                message.ConfirmName(call, root["name"u8]);
                message.ConfirmArguments(call, subject == Subject.FreeText ? root["input"u8] : root["arguments"u8]);
            }
        }
        else if (subject != Subject.None)
        {
            EnvelopeValue whole = subject == Subject.Refusal ? root["refusal"u8] : root["text"u8];
            message.ConfirmPart(KindOf(subject), 0, IndexOf(root), whole.HasValue ? whole : root["transcript"u8], PartOf(subject, root));
        }
    }

    private long PartOf(Subject subject, EnvelopeValue root) =>
        PartOf(root["item_id"u8], subject == Subject.Summary ? ~(root["summary_index"u8].AsInt64() ?? 0) : (root["content_index"u8].AsInt64() ?? 0));
}
