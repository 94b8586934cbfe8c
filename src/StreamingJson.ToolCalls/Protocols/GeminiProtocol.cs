using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Gemini <c>streamGenerateContent</c> (ai.google.dev/api/generate-content, and the same on Vertex AI), as server-sent events or as the elements of one JSON array.
/// </summary>
internal sealed class GeminiProtocol : Protocol, IDisposable
{
    private readonly GeminiFunctionCalls _calls = new();
    private readonly Utf8Buffer _word = new();

    public override ModelProtocol Id => ModelProtocol.Gemini;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue response = ResponseOf(root);
        return response["candidates"u8].IsArray || response["promptFeedback"u8].IsObject || (response["usageMetadata"u8].IsObject && response["modelVersion"u8].IsString);
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue response = ResponseOf(root);
        EnvelopeValue candidates = response["candidates"u8];
        EnvelopeValue blockReason = response["promptFeedback"u8]["blockReason"u8];
        if (candidates.IsArray || response["responseId"u8].IsText || blockReason.HasValue)
        {
            message.StartMessage(response["responseId"u8], response["modelVersion"u8]);
        }

        foreach (EnvelopeValue candidate in candidates.EnumerateArray())
        {
            ReadCandidate(candidate, message);
        }

        if (blockReason.IsText || (blockReason.AsInt64() ?? 0) != 0)
        {
            _word.Set("prompt_blocked:"u8);
            _word.Append(blockReason.Raw);
            message.Finish(0, _word.Written, FinishReason.ContentFilter);
        }

        ReadUsage(response["usageMetadata"u8], message);
        if (root["error"u8].HasValue)
        {
            message.AddError(root["error"u8]);
        }
    }

    public override void Reset() => _calls.Reset();

    public void Dispose()
    {
        _calls.Dispose();
        _word.Dispose();
    }

    /// <summary>Reads a part that is text or a thought.</summary>
    public static void ReadText(EnvelopeValue part, long choice, MessageAssembler message) =>
        message.AppendText(part["thought"u8].IsTrue ? MessageItemKind.Reasoning : MessageItemKind.Text, choice, MessageAssembler.NoIndex, part["text"u8]);

    /// <summary>Reads the numbers.</summary>
    public static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["promptTokenCount"u8].AsInt64(),
                usage["candidatesTokenCount"u8].AsInt64() ?? usage["responseTokenCount"u8].AsInt64(),
                usage["totalTokenCount"u8].AsInt64(),
                usage["cachedContentTokenCount"u8].AsInt64(),
                usage["thoughtsTokenCount"u8].AsInt64()));
        }
    }

    // Code Assist puts the response into an object of its own.
    private static EnvelopeValue ResponseOf(EnvelopeValue root) => root["response"u8].IsObject ? root["response"u8] : root;

    private void ReadCandidate(EnvelopeValue candidate, MessageAssembler message)
    {
        long choice = candidate["index"u8].AsInt64() ?? 0;
        EnvelopeValue reason = candidate["finishReason"u8];
        FinishReason meaning = MeaningOf(reason);
        foreach (EnvelopeValue part in candidate["content"u8]["parts"u8].EnumerateArray())
        {
            ReadText(part, choice, message);
            if (part["functionCall"u8].IsObject)
            {
                // Where the reason stands in the same payload, it is what ends the calls.
                _calls.Read(part["functionCall"u8], choice, endsWithReason: meaning != FinishReason.None, message);
            }
        }

        if (meaning == FinishReason.None)
        {
            return;
        }

        if (FinishReasons.IsGood(meaning))
        {
            _calls.CloseAll(choice, message);
        }

        message.Finish(choice, reason.Raw, meaning);
    }

    // Some clients write the number of the enum's value; from the fifth on, the numbers of the two APIs differ.
    private static FinishReason MeaningOf(EnvelopeValue reason) =>
        reason.IsText ? FinishReasons.Find(reason.Raw, out _) : (reason.AsInt64() ?? 0) switch
        {
            0 => FinishReason.None,
            1 => FinishReason.Stop,
            2 => FinishReason.Length,
            3 or 4 => FinishReason.ContentFilter,
            _ => FinishReason.Other,
        };
}
