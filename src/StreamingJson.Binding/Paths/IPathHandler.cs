using System;
using StreamingJson.Paths;

namespace StreamingJson.Binding;

/// <summary>What a <see cref="PathWatcher{THandler}"/> calls its handler for. The flags may be combined.</summary>
[Flags]
public enum PathEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="IPathHandler.OnStarted"/>.</summary>
    Started = PathEventKinds.Started,

    /// <summary><see cref="IPathHandler.OnTextDelta"/>.</summary>
    TextDelta = PathEventKinds.TextDelta,

    /// <summary><see cref="IPathHandler.OnCompleted"/>.</summary>
    Completed = PathEventKinds.Completed,

    /// <summary>Everything.</summary>
    All = Started | TextDelta | Completed,
}

/// <summary>
/// Called by a <see cref="PathWatcher{THandler}"/> for the values that patterns select. Implement it on a struct: then no call is virtual.
/// </summary>
/// <remarks>
/// Calls come in document order, each once, during the operation on the parser that makes them certain (law 5). Nothing but the cutting
/// of text deltas depends on the chunks (law 1). An element is as it is after that operation; it is valid as long as a snapshot of the
/// parser. What a handler throws comes out of <c>Append</c>: see <see cref="PathWatcher{THandler}"/>.
/// </remarks>
#pragma warning disable CA1711 // It handles events of paths, and is no delegate of the kind that the rule keeps the ending for.
public interface IPathHandler
#pragma warning restore CA1711
{
    /// <summary>A value began: at its opening bracket or quote; for a number or literal right before it completes.</summary>
    /// <param name="pattern">The 0-based place of the pattern in the list of the watcher.</param>
    /// <param name="value">The value.</param>
    void OnStarted(int pattern, PartialJsonElement value);

    /// <summary>The text of a string grew: always by at least one character, never by part of one (of a Unicode scalar value; law 3).</summary>
    /// <param name="pattern">The 0-based place of the pattern in the list of the watcher.</param>
    /// <param name="value">The value.</param>
    /// <param name="utf8Text">What was added: unescaped, UTF-8. A slice, valid as long as a snapshot.</param>
    void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text);

    /// <summary>A value is complete and will not change.</summary>
    /// <param name="pattern">The 0-based place of the pattern in the list of the watcher.</param>
    /// <param name="value">The value.</param>
    void OnCompleted(int pattern, PartialJsonElement value);
}
