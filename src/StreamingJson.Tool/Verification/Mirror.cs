using System;
using System.Text.Json;
using System.Text.Unicode;

namespace StreamingJson.Tool.Verification;

/// <summary>
/// The document as the events tell it, and nothing else: it only ever grows, so whatever equals it at every moment only grows.
/// </summary>
/// <remarks>
/// <code>
///   Started      adds a child to the innermost open value        laws 2, 4: there is one, it is a container, order of the text
///   StringDelta  appends to the innermost open value             law 3: it is a string, the delta is whole scalar values
///   Completed    closes the innermost open value                 law 5: once, children first, at the byte that makes it certain
/// </code>
/// </remarks>
internal sealed class Mirror
{
    private MirrorNode? _open;
    private MirrorNode? _scalar;
    private int _lastStart = -1;
    private bool _isDocumentCompleted;

    public MirrorNode? Root { get; private set; }

    public long Events { get; private set; }

    /// <summary>
    /// Takes an event of an operation that took the text from <paramref name="before"/> to <paramref name="after"/> bytes.
    /// </summary>
    /// <exception cref="LawBrokenException">The event breaks a law.</exception>
    public MirrorNode? Apply(in JsonEvent next, int before, int after, JsonOutcome outcome)
    {
        Events++;
        Laws.Require(2, _scalar is null || next.Kind == JsonEventKind.Completed, "a number or literal began and did not complete at once");
        Laws.Require(5, !_isDocumentCompleted, "an event follows document_completed");
        switch (next.Kind)
        {
            case JsonEventKind.Started:
                return Start(next, before, after, outcome);
            case JsonEventKind.StringDelta:
                return Grow(next);
            case JsonEventKind.Completed:
                return Complete(next, before, after, outcome);
            default:
                Laws.Require(
                    6, outcome == JsonOutcome.Complete && Root is { IsComplete: true },
                    "document_completed without a complete document");
                _isDocumentCompleted = true;
                return Root;
        }
    }

    /// <summary>The operation is over, and the outcome is known.</summary>
    public void EndOperation(JsonOutcome outcome)
    {
        Laws.Require(2, _scalar is null, "a number or literal began and did not complete at once");
        Laws.Require(
            6, (outcome == JsonOutcome.Complete) == _isDocumentCompleted,
            "the outcome is complete, but there was no document_completed");
    }

    private MirrorNode Start(in JsonEvent next, int before, int after, JsonOutcome outcome)
    {
        JsonValueKind kind = next.Element.ValueKind;
        int start = next.ByteRange.Start;
        Laws.Require(
            4, _open is null ? Root is null : _open.Kind is JsonValueKind.Object or JsonValueKind.Array,
            "a value began outside of a container");
        Laws.Require(5, start > _lastStart, $"the value at offset {start} began after one at offset {_lastStart}");
        var node = new MirrorNode(kind, start, next.PropertyNameUtf8.ToArray(), _open);
        if (kind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
        {
            RequireTimely("began", kind, start + 1, before, after, outcome);
        }
        else
        {
            _scalar = node;
        }

        Root ??= node;
        _open?.Children.Add(node);
        _open = node;
        _lastStart = start;
        return node;
    }

    private MirrorNode Grow(in JsonEvent next)
    {
        ReadOnlySpan<byte> text = next.TextUtf8;
        Laws.Require(
            3, _open is { Kind: JsonValueKind.String } && _open.Start == next.ByteRange.Start,
            "a delta of something that is no open string");
        Laws.Require(3, !text.IsEmpty, $"an empty delta of the string at offset {_open!.Start}");
        Laws.Require(3, Utf8.IsValid(text), $"half a scalar value in a delta of the string at offset {_open!.Start}");
        _open!.AppendText(text);
        return _open;
    }

    private MirrorNode Complete(in JsonEvent next, int before, int after, JsonOutcome outcome)
    {
        (int start, int end) = next.ByteRange;
        MirrorNode? node = _open;
        Laws.Require(
            5, node is not null && node.Start == start,
            $"the value at offset {start} completed, but is not the innermost open one");
        Laws.Require(4, node!.Kind == next.Element.ValueKind, $"the value at offset {start} changed its kind");
        Laws.Require(5, next.Element.IsComplete && end > start, $"the value at offset {start} completed, but says that it is not complete");
        RequireTimely("completed", node.Kind, node.Kind == JsonValueKind.Number ? end + 1 : end, before, after, outcome);
        if (node.Kind == JsonValueKind.Number)
        {
            node.AppendText(next.Element.RawUtf8);
        }
        else if (node.Kind == JsonValueKind.String)
        {
            Laws.Require(3, node.Text.SequenceEqual(next.Element.TextUtf8), $"the deltas of the string at offset {start} are not its text");
        }

        node.End = end;
        _open = node.Parent;
        _scalar = null;
        return node;
    }

    // Neither earlier nor later than with the byte that makes it certain; for a number that is the one after it, or the end, or an error.
    private static void RequireTimely(string what, JsonValueKind kind, int certainAt, int before, int after, JsonOutcome outcome)
    {
        int latest = kind == JsonValueKind.Number && outcome != JsonOutcome.Partial ? after + 1 : after;
        Laws.Require(
            5, certainAt > before && certainAt <= latest,
            $"a {kind} that is certain at {certainAt} bytes {what} between {before} and {after}");
    }
}
