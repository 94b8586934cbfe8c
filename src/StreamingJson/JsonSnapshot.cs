using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Documents;
using StreamingJson.Tokenization;

namespace StreamingJson;

/// <summary>
/// The value as it was at one moment (law 8): an immutable value, O(1) to take, without allocation.
/// </summary>
/// <remarks>
/// It does not change while the parser goes on, and may be read on any thread. It is valid as long as the text in the parser: after its
/// <see cref="StreamingJsonParser.Reset"/> or <see cref="StreamingJsonParser.Dispose"/> members throw
/// <see cref="InvalidOperationException"/>, and spans that were taken before must not be read any more.
/// </remarks>
public readonly struct JsonSnapshot
{
    private readonly LiveDocument _document;
    private readonly ulong _extent;
    private readonly ulong _stamp;
    private readonly int _root;
    private readonly int _tokenStart;
    private readonly ScanState _state;
    private readonly JsonOutcome _outcome;
    private readonly JsonLeniencies _leniencies;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsonSnapshot(LiveDocument document)
    {
        ref Tokenizer<Tape> tokenizer = ref document.Tokenizer;
        TapeView view = document.View;
        _document = document;
        _extent = view.Extent;
        _stamp = view.Stamp;
        _root = tokenizer.Handler.LastRoot;
        _tokenStart = tokenizer.TokenStart;
        _state = tokenizer.LexicalState;
        _outcome = document.Outcome;
        _leniencies = tokenizer.Leniencies;
    }

    internal TapeView View => new(_document, _extent, _stamp);

    /// <summary>The row of the newest root value; to be looked at only if there is any.</summary>
    internal int Root => _root;

    /// <summary>How far the text had got.</summary>
    public JsonOutcome Outcome => _outcome;

    /// <summary>How many bytes of the text there were, those after an error not counted.</summary>
    public int ByteCount => View.ByteCount;

    /// <summary>What had been accepted or read although it is not plain RFC 8259 text.</summary>
    public JsonLeniencies Leniencies => _leniencies;

    /// <summary>Whether anything of a value is known: a bracket, an opening quote, or a number or literal that is closed.</summary>
    public bool HasValue => View.RowCount > 0;

    /// <summary>
    /// The value; its kind is <see cref="JsonValueKind.Undefined"/> while nothing of it is known. If several root values are allowed,
    /// the newest of them.
    /// </summary>
    public PartialJsonElement RootElement
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasValue ? new PartialJsonElement(View, _root) : default;
    }

    /// <summary>The root values in order: at most one, unless <see cref="StreamingJsonOptions.AllowMultipleValues"/>.</summary>
    public PartialJsonElement.ArrayEnumerator RootElements => new(View, 0, View.RowCount);

    /// <summary>All bytes of the text, as received, those after an error not included. Valid as long as the snapshot.</summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public ReadOnlySpan<byte> RawUtf8 => View.RawFrom(0);

    /// <summary>Whether a property name occurs twice in any object so far (RFC 8259, section 4: the meaning is unpredictable). Costs O(rows).</summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public bool HasRepeatedNames => View.HasRepeatedNames();

    /// <summary>The token that was cut by the end of the data, or by an error.</summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public InFlightToken InFlight
    {
        get
        {
            InFlightKind kind = ScanStates.ToInFlightKind(_state, isName: View.RowCount == 0 || View.Rows[View.RowCount - 1].Start != _tokenStart);
            return kind == InFlightKind.None ? default : new InFlightToken(kind, _tokenStart, View.RawFrom(_tokenStart));
        }
    }

    /// <summary>The value that an RFC 6901 pointer leads to from the root; false when there is none so far.</summary>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="pointer"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public bool TryGetElement(string pointer, out PartialJsonElement element) => RootElement.TryGetElement(pointer, out element);

    /// <summary>Writes closed, valid JSON of what is known. Nothing is written while <see cref="HasValue"/> is false.</summary>
    /// <inheritdoc cref="PartialJsonElement.WriteTo"/>
    public void WriteTo(Utf8JsonWriter writer) => RootElement.WriteTo(writer);

    /// <inheritdoc cref="PartialJsonElement.Deserialize{TValue}(JsonTypeInfo{TValue})"/>
    public TValue? Deserialize<TValue>(JsonTypeInfo<TValue> jsonTypeInfo) => RootElement.Deserialize(jsonTypeInfo);

    /// <inheritdoc cref="PartialJsonElement.ToJsonElement"/>
    public JsonElement ToJsonElement() => RootElement.ToJsonElement();

    /// <inheritdoc cref="PartialJsonElement.ToJsonNode"/>
    public JsonNode? ToJsonNode() => RootElement.ToJsonNode();

    /// <summary>Closed, valid JSON of what is known; empty while nothing is.</summary>
    public override string ToString() => RootElement.ToString();
}
