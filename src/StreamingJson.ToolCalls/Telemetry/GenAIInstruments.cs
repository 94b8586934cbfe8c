using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>The names of OpenTelemetry's conventions for generative AI, and what they are here: the one place that knows both.</summary>
/// <remarks>
/// <code>
/// gen_ai.client.operation.duration                 streamingjson.stream.duration
/// gen_ai.client.operation.time_to_first_chunk      streamingjson.stream.time_to_first_delta
/// gen_ai.client.operation.time_per_output_chunk    streamingjson.stream.time_between_deltas
/// gen_ai.client.token.usage                        ModelUsage.InputTokens, .OutputTokens
/// gen_ai.provider.name                             the provider whose protocol it is
/// error.type                                       streamingjson.outcome, unless that is complete
/// </code>
/// The conventions are not stable; a renaming to <c>gen_ai.client.inference.*</c> is under way.
/// </remarks>
internal static class GenAIInstruments
{
    public static readonly Histogram<double> Duration = StreamInstruments.Seconds("gen_ai.client.operation.duration", "GenAI operation duration.");
    public static readonly Histogram<double> TimeToFirstChunk = StreamInstruments.Seconds("gen_ai.client.operation.time_to_first_chunk", "Time to receive the first chunk of a streaming response.");
    public static readonly Histogram<double> TimePerOutputChunk = StreamInstruments.Seconds("gen_ai.client.operation.time_per_output_chunk", "Time between chunks of a streaming response.");
    public static readonly Histogram<long> TokenUsage = StreamInstruments.Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.");

    public static bool AreListenedTo => Duration.Enabled || TimeToFirstChunk.Enabled || TimePerOutputChunk.Enabled || TokenUsage.Enabled;

    public static void RecordDelay(TimeSpan delay, ModelProtocol protocol) => TimePerOutputChunk.Record(delay.TotalSeconds, Tags(protocol));

    public static void RecordEnd(StreamReport report, string outcome, TimeSpan end)
    {
        TagList tags = Tags(report.Protocol);
        StreamInstruments.Record(TimeToFirstChunk, report.TimeToFirstDelta, tags);
        RecordTokens(report.Usage.InputTokens, "input", tags);
        RecordTokens(report.Usage.OutputTokens, "output", tags);
        if (report.Outcome != JsonOutcome.Complete)
        {
            tags.Add("error.type", outcome);
        }

        StreamInstruments.Record(Duration, end, tags);
    }

    private static void RecordTokens(long? tokens, string type, TagList tags)
    {
        if (tokens is { } count)
        {
            tags.Add("gen_ai.token.type", type);
            TokenUsage.Record(count, tags);
        }
    }

    private static TagList Tags(ModelProtocol protocol)
    {
        TagList tags = default;
        tags.Add("gen_ai.operation.name", protocol is ModelProtocol.OpenAICompletions ? "text_completion" : "chat");
        tags.Add("gen_ai.provider.name", ProviderOf(protocol));
        return tags;
    }

    // Of those that others speak too, the one whose protocol it is.
    private static string ProviderOf(ModelProtocol protocol) => protocol switch
    {
        >= ModelProtocol.OpenAIChat and <= ModelProtocol.OpenAICompletions => "openai",
        ModelProtocol.Anthropic => "anthropic",
        >= ModelProtocol.Gemini and <= ModelProtocol.GeminiLive => "gcp.gemini",
        ModelProtocol.BedrockConverse or ModelProtocol.BedrockInvoke => "aws.bedrock",
        ModelProtocol.CohereV2 or ModelProtocol.CohereV1 => "cohere",
        _ => StreamTags.NameOf(protocol),
    };
}
