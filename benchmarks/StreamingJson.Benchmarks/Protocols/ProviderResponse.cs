using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>A tool call as a model writes it.</summary>
public sealed record WireCall(string Id, string Name, string Arguments);

/// <summary>A recorded answer of a provider: the bytes of the HTTP body, the calls or the text that are in it, and what it is made of.</summary>
public sealed record ProviderResponse(string Name, ModelProtocol Protocol, byte[] Utf8, IReadOnlyList<WireCall> Calls, string Text, int Events, int Deltas, byte[] Payloads)
{
    private static readonly string Plan = Encoding.UTF8.GetString(RecordDocuments.StructuredOutput());

    /// <summary>A document as the arguments of a call.</summary>
    public static IReadOnlyList<ProviderResponse> Calling { get; } = Make([new("call_Plan0001", "save_plan", Plan)]);

    /// <summary>The same document as structured output: the text of the answer is the JSON.</summary>
    public static IReadOnlyList<ProviderResponse> Writing { get; } =
        [OpenAIChatWire.MakeText(Plan), OpenAIResponsesWire.MakeText(Plan), AnthropicWire.MakeText(Plan), BedrockConverseWire.MakeText(Plan)];

    public static IReadOnlyList<ProviderResponse> All { get; } = [.. Calling, .. Writing];

    public static ProviderResponse Get(string name) =>
        All.FirstOrDefault(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"No protocol '{name}'; there are {string.Join(", ", All.Select(w => w.Name))}.");

    /// <summary>The same calls as each protocol sends them, arguments in pieces of four characters.</summary>
    public static IReadOnlyList<ProviderResponse> Make(IReadOnlyList<WireCall> calls) =>
        [OpenAIChatWire.Make(calls), OpenAIResponsesWire.Make(calls), AnthropicWire.Make(calls), BedrockConverseWire.Make(calls)];

    /// <summary>One pass of <see cref="Utf8JsonReader"/> over the JSON of all payloads, framing left out.</summary>
    public long ReadPayloadsOnce()
    {
        long count = 0;
        var reader = new Utf8JsonReader(Payloads, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            count += (int)reader.TokenType;
        }

        return count;
    }

    public override string ToString() => Name;
}
