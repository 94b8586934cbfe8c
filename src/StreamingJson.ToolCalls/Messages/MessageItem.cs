using System;
using StreamingJson.ToolCalls.Messages;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>What an item of a message is.</summary>
public enum MessageItemKind
{
    /// <summary>Visible text, structured output included.</summary>
    Text = 0,

    /// <summary>What the model thinks, or a summary of it.</summary>
    Reasoning = 1,

    /// <summary>Why the model will not answer.</summary>
    Refusal = 2,

    /// <summary>A request to call a tool; the item is a <see cref="ToolCalls.ToolCall"/>.</summary>
    ToolCall = 3,
}

/// <summary>One part of a message, in the state that the events read so far have brought it to.</summary>
/// <remarks>It lives in its <see cref="ModelStreamReader"/> and is used again after <see cref="ModelStreamReader.Reset"/>. Not thread-safe.</remarks>
public class MessageItem
{
    private string? _cached;

    internal MessageItem(StreamingJsonParser? parser = null) => Parser = parser;

    /// <summary>What the item is.</summary>
    public MessageItemKind Kind { get; internal set; }

    /// <summary>The provider's index of the item in the message; -1 if the API has none.</summary>
    public long Index { get; internal set; }

    /// <summary>The 0-based index of the choice it belongs to; 0 if the API has none.</summary>
    public int Choice { get; internal set; }

    /// <summary>
    /// The text so far, UTF-8; of a tool call, its arguments as the provider wrote them. Valid until the next call on the reader.
    /// </summary>
    public ReadOnlySpan<byte> TextUtf8 => TextBuffer.Written;

    /// <summary>The parser that reads the text as JSON while it grows; <see langword="null"/> if the text is not read (see <see cref="ModelStreamOptions.ReadTextAsJson"/>).</summary>
    internal StreamingJsonParser? Parser { get; }

    /// <remarks>
    /// A parser keeps the same bytes, but neither those after an error nor free text, and both must be shown as they came: so the item has them itself.
    /// </remarks>
    internal Utf8Buffer TextBuffer { get; } = new();

    /// <summary>Which part of the provider's item it is, where items have parts (Responses); else 0.</summary>
    internal long Part { get; set; }

    /// <summary>Whether the item stands in the list of the message: with its first event.</summary>
    internal bool IsListed { get; set; }

    /// <summary>The first half of a surrogate pair that the last delta ended with.</summary>
    internal char PendingHigh;

    /// <summary>Whether the text is among those that the second half of a pair may still come for.</summary>
    internal bool IsHalfExpected { get; set; }

    /// <summary>The text that was the newest of those before this one was.</summary>
    internal MessageItem? OlderHalf { get; set; }

    /// <summary>Measures the item; <see langword="null"/> unless somebody wants to know.</summary>
    internal IItemFollower? Follower { get; set; }

    /// <summary>Which kinds of anomaly were reported of the item: each is reported once.</summary>
    internal ulong ReportedAnomalies { get; set; }

    /// <summary>
    /// What a text that is read as JSON says so far (structured output); nothing where the text is not read. When the stream has ended and the model had said all
    /// it wanted to say, its <see cref="JsonSnapshot.Outcome"/> is the verdict: <see cref="JsonOutcome.Complete"/>, <see cref="JsonOutcome.Truncated"/> or
    /// <see cref="JsonOutcome.Invalid"/>. Where the stream or the model was cut, a text that is not invalid stays <see cref="JsonOutcome.Partial"/>.
    /// </summary>
    public JsonSnapshot TextSnapshot => Kind != MessageItemKind.ToolCall && Parser is { } parser ? parser.Snapshot : default;

    /// <summary>The text so far as a string; the same one until the text grows.</summary>
    public string GetText()
    {
        if (_cached is null || TextBuffer.Length != CachedLength)
        {
            _cached = TextBuffer.ToString();
            CachedLength = TextBuffer.Length;
        }

        return _cached;
    }

    private int CachedLength { get; set; }

    /// <summary>Drops the text so far.</summary>
    internal void ForgetText()
    {
        TextBuffer.Clear();
        Parser?.Reset();
        Follower?.Forget();
        _cached = null;
    }

    /// <summary>Drops the text so far, which nobody looks at any more; the item goes on.</summary>
    internal void PassText()
    {
        TextBuffer.Clear();
        _cached = null;
    }

    internal virtual void Reset()
    {
        TextBuffer.Clear();
        Parser?.Reset();
        PendingHigh = '\0';
        IsHalfExpected = false;
        OlderHalf = null;
        ReportedAnomalies = 0;
        Part = 0;
        IsListed = false;
        Follower = null;
        _cached = null;
    }

    internal virtual void Release()
    {
        TextBuffer.Dispose();
        Parser?.Dispose();
    }
}
