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

/// <summary>A recorded answer of a provider: the bytes of the HTTP body, the calls that are in it, and what it is made of.</summary>
public sealed record ProviderResponse(string Name, ModelProtocol Protocol, byte[] Utf8, IReadOnlyList<WireCall> Calls, int Events, int Deltas, byte[] Payloads)
{
    public static IReadOnlyList<ProviderResponse> All { get; } = Make([new("call_Plan0001", "save_plan", Encoding.UTF8.GetString(RecordDocuments.StructuredOutput()))]);

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
