namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The names of those who do the tasks, the same in every task.</summary>
internal static class Peer
{
    public const string Library = "StreamingJson";
    public const string Handler = "StreamingJson, handler";
    public const string Binding = "StreamingJson.Binding";
    public const string Deserialize = "StreamingJson, snapshot.Deserialize";
    public const string OnePass = "Utf8JsonReader, whole at once";
    public const string Refed = "Utf8JsonReader, re-fed";
    public const string ClosedDocument = "close the brackets, JsonDocument";
    public const string ClosedNode = "close the brackets, JsonNode";
    public const string ClosedSerializer = "close the brackets, JsonSerializer";
    public const string DocumentAtTheEnd = "JsonDocument at the end";
    public const string AsyncEnumerable = "DeserializeAsyncEnumerable over a PipeReader";
    public const string Newtonsoft = "Newtonsoft.Json over a Stream";
    public const string ByHand = "by hand: SseParser, JsonDocument, StringBuilder";
    public const string Sdk = "the provider's own SDK";

    /// <summary>In the order of tables and plots.</summary>
    public static readonly string[] All =
    [
        Library, Handler, Binding, Deserialize, OnePass, Refed, ClosedDocument, ClosedNode, ClosedSerializer, DocumentAtTheEnd, AsyncEnumerable, Newtonsoft, ByHand, Sdk,
    ];

    public static bool IsLibrary(string peer) => peer.StartsWith(Library, System.StringComparison.Ordinal);
}
