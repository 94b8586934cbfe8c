using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>A task with all peers that can do it on an input.</summary>
/// <remarks>
/// <c>Caveat</c>: what its table does not mean. <c>IsAtEveryDelta</c>: the answer is told after every delta, so that quadratic peers answer on the document's beginning.
/// </remarks>
internal sealed record MatrixTask(string Name, string Description, string Caveat, bool IsAtEveryDelta, Func<MatrixInput, IEnumerable<MatrixCase>> Cases)
{
    /// <summary>Whose answers the task reads; null where it reads the document itself.</summary>
    public ModelProtocol? Protocol { get; private init; }

    public static IReadOnlyList<MatrixTask> All { get; } =
    [
        new("final", "the value when the text has ended", "Nobody looks before the end here: where that is so, none of this is needed, and `JsonSerializer` makes typed objects at once.", false, FinalValueTask.For),
        new("events", "every value when it is whole", "A peer that is re-fed shows nothing of a string before it ends, and one that has the whole at once did not have to wait for it.", false, EventsTask.For),
        new("snapshot", "the whole value and one field after every delta", "Few programs look after every delta; at every tenth, the peers that read everything again cost a tenth.", true, SnapshotTask.For),
        new("early", "one whole field as early as possible", "The ratio is to one pass over the whole document, of which some read only the beginning; what the model takes to write the bytes is far longer than any of this.", false, EarlyFieldTask.For),
        new("growing", "what came to one string with every delta", "Lengths are told, not strings: a `string` of the text at each delta would cost everybody the same again.", true, GrowingStringTask.For),
        new("elements", "the elements of an array one by one", "Each element is handed over as a `JsonElement` or `JToken` of its own; deserializing it comes on top, for everybody.", false, ElementsTask.For),
        new("typed", "a typed object after every delta", "The members are plain: converters, required members and polymorphism are not measured. A string member that grows is made anew at every delta by everybody, so that a document that is one string costs its square.", true, TypedTask.For),
        Calls("chat-calls", ModelProtocol.OpenAIChat),
        Calls("responses-calls", ModelProtocol.OpenAIResponses),
        Calls("anthropic-calls", ModelProtocol.Anthropic),
    ];

    public static MatrixTask Get(string name) =>
        All.FirstOrDefault(t => t.Name == name) ?? throw new UsageException($"No task '{name}'; there are {string.Join(", ", All.Select(t => t.Name))}.");

    /// <summary>What the task reads of a document.</summary>
    public MatrixInput InputOf(BenchmarkDocument document, ChunkSize size, bool keep = true)
    {
        if (Protocol is not { } protocol)
        {
            return new MatrixInput(document, size, MatrixInputs.FieldOf(document));
        }

        ProviderResponse response = keep ? MatrixInputs.ResponseOf(protocol, document) : MatrixInputs.MakeResponse(protocol, document);
        return new MatrixInput(document with { Utf8 = response.Utf8 }, size, MatrixInputs.FieldOf(document)) { Response = response };
    }

    private static MatrixTask Calls(string name, ModelProtocol protocol) =>
        new(
            name,
            $"three parallel tool calls from the bytes of {protocol}, arguments in deltas of four characters; chunks are reads of the socket",
            "The library looks at the arguments after every delta, the others have nothing to look at before the end; the SDKs also make objects of everything else in the answer. No network, no TLS.",
            false,
            CallsTask.For) { Protocol = protocol };
}

/// <summary>The documents of the matrix: those that everything is measured on, and two agent sessions.</summary>
internal static class MatrixInputs
{
    // In deltas of four characters a megabyte becomes a hundred on the wire: --scaling has it.
    private const int MostArguments = 512 * 1024;

    private static readonly ConcurrentDictionary<(ModelProtocol, string), ProviderResponse> Responses = new();

    public static IReadOnlyList<BenchmarkDocument> Documents { get; } =
    [
        .. StreamingJson.Benchmarks.Documents.All.Where(d => d.Name != "T"),
        new("P", "a plan of 40 steps", RecordDocuments.Plan()),
        new("W", "a write_file of 256 KiB", SourceCodeDocument.WriteFileArguments(256 * 1024)),
    ];

    /// <summary>All chunk sizes.</summary>
    public static IReadOnlyList<ChunkSize> Sizes { get; } = [new(1), new(4), new(16), new(64), new(1024), new(64 * 1024), ChunkSize.Whole];

    public static BenchmarkDocument Find(string name) =>
        Documents.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"No document '{name}'; there are {string.Join(", ", Documents)}.");

    public static bool IsFor(MatrixTask task, BenchmarkDocument document) => task.Protocol is null || document.Utf8.Length <= MostArguments;

    public static Field FieldOf(BenchmarkDocument document) => document switch
    {
        { Name: "A" or "P" } => new Field("title"),
        { Name: "D" } => new Field("city"),
        { Utf8: [(byte)'[', ..] } => new Field("category", IsInFirstElement: true),
        _ => new Field("content"),
    };

    /// <summary>The document as the arguments of the second of three calls.</summary>
    public static ProviderResponse ResponseOf(ModelProtocol protocol, BenchmarkDocument document) =>
        Responses.GetOrAdd((protocol, document.Name), _ => MakeResponse(protocol, document));

    /// <summary>The same, not kept: large ones are a hundred times as long on the wire.</summary>
    public static ProviderResponse MakeResponse(ModelProtocol protocol, BenchmarkDocument document)
    {
        string small = Encoding.UTF8.GetString(RecordDocuments.CallArguments());
        string text = Encoding.UTF8.GetString(document.Utf8);

        // Arguments are an object: others are not safe to execute.
        string arguments = text.StartsWith('[') ? "{\"records\":" + text + "}" : text;
        IReadOnlyList<WireCall> calls =
        [
            new("call_Weather01", "get_weather", small),
            new("call_Document2", "save_document", arguments),
            new("call_Weather03", "get_weather", small),
        ];
        return protocol switch
        {
            ModelProtocol.OpenAIChat => OpenAIChatWire.Make(calls),
            ModelProtocol.OpenAIResponses => OpenAIResponsesWire.Make(calls),
            ModelProtocol.Anthropic => AnthropicWire.Make(calls),
            _ => BedrockConverseWire.Make(calls),
        };
    }
}
