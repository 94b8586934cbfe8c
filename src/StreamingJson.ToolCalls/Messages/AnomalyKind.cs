namespace StreamingJson.ToolCalls;

/// <summary>
/// Irregularities of a stream that the reader recovers from. Each is reported once for the call (or, without a call, once for the stream) it is about. The values are stable.
/// </summary>
/// <remarks>The examples are payloads of OpenAI Chat with everything left out that does not matter, unless they say otherwise.</remarks>
public enum AnomalyKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>unterminated_frame</c>: the end of the stream cut a frame off. Example: an SSE stream that ends in <c>data: {"choices":[]}</c> without a blank line.</summary>
    UnterminatedFrame = 1,

    /// <summary><c>malformed_frame</c>: a payload is not JSON. Example: <c>data: {"choices":</c> and a blank line.</summary>
    MalformedFrame = 2,

    /// <summary><c>unknown_line</c>: a line that is no field of server-sent events. Example: <c>oops</c>.</summary>
    UnknownLine = 3,

    /// <summary><c>foreign_payload</c>: a payload of another protocol. Example: <c>{"type":"message_start","message":{}}</c> in the middle of chat chunks.</summary>
    ForeignPayload = 4,

    /// <summary><c>unrecognized_payload</c>: no protocol is known that begins so. Example: <c>{"hello":1}</c>.</summary>
    UnrecognizedPayload = 5,

    /// <summary><c>framing_error</c>: the stream could not be divided any further. Example: an AWS message with a wrong checksum.</summary>
    FramingError = 6,

    /// <summary><c>missing_terminator</c>: the stream ended without its last event. Example: no <c>data: [DONE]</c>.</summary>
    MissingTerminator = 10,

    /// <summary><c>missing_finish_reason</c>: the stream ended before the model said why it stopped. Example: <c>{"delta":{"content":"a"}}</c> and the end.</summary>
    MissingFinishReason = 11,

    /// <summary><c>finish_reason_changed</c>: two different finish reasons. Example: <c>"finish_reason":"stop"</c>, then <c>"finish_reason":"length"</c>.</summary>
    FinishReasonChanged = 12,

    /// <summary><c>finish_reason_contradicted</c>: the finish reason says that all is well, the arguments are cut. Example: arguments <c>{"a":</c>, then <c>"finish_reason":"tool_calls"</c>.</summary>
    FinishReasonContradicted = 13,

    /// <summary><c>event_after_end</c>: something follows the last event. Example: <c>data: [DONE]</c>, then <c>data: {"choices":[]}</c>.</summary>
    EventAfterEnd = 14,

    /// <summary><c>second_message</c>: another message begins in the same stream. Example: <c>{"id":"a",..}</c>, then <c>{"id":"b",..}</c>.</summary>
    SecondMessage = 15,

    /// <summary><c>call_after_finish</c>: a call begins after the finish reason. Example: <c>"finish_reason":"stop"</c>, then <c>{"tool_calls":[{"index":0,"id":"c","function":{"name":"f"}}]}</c>.</summary>
    CallAfterFinish = 16,

    /// <summary><c>error_in_chunk</c>: an error inside an ordinary chunk. Example: <c>{"choices":[..],"error":{"message":"m"}}</c>.</summary>
    ErrorInChunk = 17,

    /// <summary><c>error_line</c>: an error in a line that is not an event. Example: <c>error: {"message":"m"}</c>.</summary>
    ErrorLine = 18,

    /// <summary><c>error_after_events</c>: a bare JSON error, on lines of its own, after the events. Example: <c>{"error":{"message":"m"}}</c> as the last line of an SSE stream.</summary>
    ErrorAfterEvents = 19,

    /// <summary><c>sequence_gap</c>: numbered events do not follow one another. Example (Responses): <c>"sequence_number":1</c>, then <c>"sequence_number":3</c>.</summary>
    SequenceGap = 20,

    /// <summary><c>index_missing</c>: a piece of a call has no index. Example: <c>{"tool_calls":[{"id":"c","function":{"name":"f"}}]}</c>.</summary>
    IndexMissing = 21,

    /// <summary><c>index_reused</c>: a new id and name on an index that is in use: a new call. Example: <c>{"index":0,"id":"a",..}</c>, then <c>{"index":0,"id":"b","function":{"name":"g"}}</c>.</summary>
    IndexReused = 22,

    /// <summary><c>index_drifted</c>: an id that is known comes with another index: the same call. Example: <c>{"index":0,"id":"a",..}</c>, then <c>{"index":1,"id":"a","function":{"arguments":"{"}}</c>.</summary>
    IndexDrifted = 23,

    /// <summary><c>index_jump</c>: an index far beyond the others, or none that an index can be: refused. Example: <c>"index":4294967294</c>.</summary>
    IndexJump = 24,

    /// <summary><c>identity_repeated</c>: the id or name comes again with a later piece: ignored. Example: <c>{"index":0,"id":"a",..}</c> twice.</summary>
    IdentityRepeated = 25,

    /// <summary><c>identity_late</c>: the id or name comes after the first piece. Example: <c>{"index":0,"function":{"name":"f"}}</c>, then <c>{"index":0,"id":"a"}</c>.</summary>
    IdentityLate = 26,

    /// <summary><c>id_changed</c>: another id on a call, without a name: ignored. Example: <c>{"index":0,"id":"a",..}</c>, then <c>{"index":0,"id":"b","function":{"arguments":"{"}}</c>.</summary>
    IdChanged = 27,

    /// <summary><c>name_in_pieces</c>: the name comes in pieces: joined. Example: <c>"name":"get_"</c>, then <c>"name":"time"</c>.</summary>
    NameInPieces = 28,

    /// <summary><c>name_missing</c>: a call ended without a name. Example: <c>{"index":0,"id":"a","function":{"arguments":"{}"}}</c>.</summary>
    NameMissing = 29,

    /// <summary><c>duplicate_id</c>: two calls have one id. Example: <c>{"index":0,"id":"a",..}</c>, then <c>{"index":1,"id":"a","function":{"name":"g"}}</c>.</summary>
    DuplicateId = 30,

    /// <summary><c>orphan_piece</c>: a piece of a call that never began. Example: <c>{"index":0,"function":{"arguments":"{"}}</c> as the first piece.</summary>
    OrphanPiece = 31,

    /// <summary><c>name_contradicted</c>: the provider repeats the name of the tool, and it is another. Example (Responses): added <c>"name":"f"</c>, then done <c>"name":"g"</c>.</summary>
    NameContradicted = 32,

    /// <summary><c>arguments_interleaved</c>: pieces of two calls alternate. Example: pieces of index 0, of 1, and of 0 again.</summary>
    ArgumentsInterleaved = 40,

    /// <summary><c>arguments_cumulative</c>: each piece repeats all before it. Example: <c>"{\"a\""</c>, then <c>"{\"a\":1}"</c>.</summary>
    ArgumentsCumulative = 41,

    /// <summary><c>arguments_repeated</c>: the whole arguments come again at the end. Example: <c>"{\"a\":1}"</c> twice.</summary>
    ArgumentsRepeated = 42,

    /// <summary><c>arguments_as_object</c>: an object where the protocol has a string. Example: <c>"arguments":{"a":1}</c>.</summary>
    ArgumentsAsObject = 43,

    /// <summary><c>arguments_double_encoded</c>: the arguments are a JSON string with JSON in it; it is left as it is. Example: <c>"arguments":"\"{\\\"a\\\":1}\""</c>.</summary>
    ArgumentsDoubleEncoded = 44,

    /// <summary><c>arguments_empty</c>: no arguments at all, which means <c>{}</c>. Example: <c>"arguments":""</c> and the end of the call.</summary>
    ArgumentsEmpty = 45,

    /// <summary><c>arguments_padded</c>: blanks before the first bracket or after the last. Example: <c>"arguments":" {} "</c>.</summary>
    ArgumentsPadded = 46,

    /// <summary><c>arguments_contradicted</c>: the text of all arguments, which the provider gives at the end of the call or after it, differs from what was streamed; what was streamed counts. Example (Responses): delta <c>{}</c>, then done <c>{"a":1}</c>.</summary>
    ArgumentsContradicted = 47,

    /// <summary><c>arguments_after_end</c>: more arguments of a call that had ended. Example: <c>"finish_reason":"tool_calls"</c>, then <c>{"index":0,"function":{"arguments":"x"}}</c>.</summary>
    ArgumentsAfterEnd = 48,

    /// <summary><c>arguments_reordered</c>: path patches went back to a place that was done; the arguments were put together anew. Example (Gemini): patches of <c>$.a.b</c>, of <c>$.c</c>, and of <c>$.a.d</c>.</summary>
    ArgumentsReordered = 49,

    /// <summary><c>surrogate_pair_split</c>: a surrogate pair is split over two pieces: joined. Example: <c>"\ud83d"</c>, then <c>"\ude00"</c>.</summary>
    SurrogatePairSplit = 50,

    /// <summary><c>surrogate_unpaired</c>: half a surrogate pair: U+FFFD. Example: <c>"\ud83d"</c> and no more.</summary>
    SurrogateUnpaired = 51,

    /// <summary><c>invalid_utf8</c>: bytes that are not UTF-8: U+FFFD. Example: a byte <c>FF</c> in a string.</summary>
    InvalidUtf8 = 52,

    /// <summary><c>text_contradicted</c>: the final text differs from the streamed pieces; the pieces count. Example (Responses): delta <c>a</c>, then done <c>b</c>.</summary>
    TextContradicted = 53,

    /// <summary>
    /// <c>content_not_streamed</c>: content that is given whole at the start, where pieces are expected: left out, and a call it belongs to is not safe.
    /// Example (Anthropic): <c>{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{"x":1}}}</c> and no delta.
    /// </summary>
    ContentNotStreamed = 54,

    /// <summary><c>patch_unreadable</c>: a path patch that leads nowhere. Example (Gemini): <c>{"jsonPath":"$..a","stringValue":"x"}</c>.</summary>
    PatchUnreadable = 55,

    /// <summary><c>step_dropped</c>: the provider took back what it had said; the items left the message. Example (UI message stream): <c>{"type":"text-delta",..}</c>, then <c>{"type":"reset-step"}</c>.</summary>
    StepDropped = 56,

    /// <summary><c>limit_exceeded</c>: a limit of <see cref="ToolCallLimits"/> was met. Example: a 129th open call.</summary>
    LimitExceeded = 60,
}
