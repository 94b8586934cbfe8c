using System;
using System.Collections.Generic;
using StreamingJson.Binding.Paths;
using StreamingJson.Paths;

namespace StreamingJson.Binding;

/// <summary>Handlers on paths of a parser: called while the text is being written, inside <c>Append</c>.</summary>
/// <remarks>
/// <para>
/// Handlers are called in document order, those of one value in the order in which they were added; each value once, at the first byte that makes
/// it certain (law 5). One that is added late is told at once, and once, about what has already arrived. All handlers of a parser share one
/// walk: a few instructions per append, one step per value, no allocation.
/// </para>
/// <para>
/// What a handler throws comes out of the operation on the parser (or of the call that added it). That operation is done: the parser has
/// taken all of its bytes, and may still be used, or reset. The call that threw is not repeated; those after it follow with the next
/// operation, even an append of nothing. A handler may append to the parser, add and end handlers, reset or dispose the parser.
/// </para>
/// <para>
/// A reset of the parser ends the handlers: what is read next is another text. For the thread that writes to the parser.
/// </para>
/// </remarks>
public static class StreamingJsonPaths
{
    /// <summary>Calls a handler when a value begins: at its opening bracket or quote; for a number or literal right before it completes.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="path">The pattern (<see cref="PathPattern"/>).</param>
    /// <param name="handler">Called with the value, as it is after the operation; the element is valid as long as a snapshot of the parser.</param>
    /// <returns>Ends the subscription when disposed; you need not keep it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static PathSubscription OnStarted(this StreamingJsonParser parser, string path, Action<PartialJsonElement> handler) =>
        parser.OnStarted(PathPattern.Parse(path), handler);

    /// <inheritdoc cref="OnStarted(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnStarted(this StreamingJsonParser parser, PathPattern path, Action<PartialJsonElement> handler) =>
        Add(parser, new PathSubscription(NotNull(path, nameof(path)), PathEventKinds.Started, NotNull(handler, nameof(handler))));

    /// <summary>Calls a handler when the text of a string grows, with what was added: the deltas of a file that a model writes, for example.</summary>
    /// <inheritdoc cref="OnStarted(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnTextDelta(this StreamingJsonParser parser, string path, PathTextHandler handler) =>
        parser.OnTextDelta(PathPattern.Parse(path), handler);

    /// <inheritdoc cref="OnTextDelta(StreamingJsonParser, string, PathTextHandler)"/>
    public static PathSubscription OnTextDelta(this StreamingJsonParser parser, PathPattern path, PathTextHandler handler) =>
        Add(parser, new PathSubscription(NotNull(path, nameof(path)), NotNull(handler, nameof(handler))));

    /// <summary>Calls a handler when a value is complete and will not change.</summary>
    /// <inheritdoc cref="OnStarted(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnCompleted(this StreamingJsonParser parser, string path, Action<PartialJsonElement> handler) =>
        parser.OnCompleted(PathPattern.Parse(path), handler);

    /// <inheritdoc cref="OnCompleted(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnCompleted(this StreamingJsonParser parser, PathPattern path, Action<PartialJsonElement> handler) =>
        Add(parser, new PathSubscription(NotNull(path, nameof(path)), PathEventKinds.Completed, NotNull(handler, nameof(handler))));

    /// <summary>Calls a handler for each item of the arrays that the pattern selects, as soon as the item is complete.</summary>
    /// <inheritdoc cref="OnStarted(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnEachItem(this StreamingJsonParser parser, string path, Action<PartialJsonElement> handler) =>
        parser.OnEachItem(PathPattern.Parse(path), handler);

    /// <inheritdoc cref="OnEachItem(StreamingJsonParser, string, Action{PartialJsonElement})"/>
    public static PathSubscription OnEachItem(this StreamingJsonParser parser, PathPattern path, Action<PartialJsonElement> handler) =>
        parser.OnCompleted(NotNull(path, nameof(path)).ToItems(), handler);

    /// <summary>Calls a struct with the values that patterns select: no virtual call, no closure. As <c>new PathWatcher</c> and <c>Attach</c>.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="handler">The handler; copied into the watcher.</param>
    /// <param name="patterns">The patterns.</param>
    /// <param name="events">Which events the handler wants.</param>
    /// <returns>The watcher: it holds the handler.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static PathWatcher<THandler> Watch<THandler>(
        this StreamingJsonParser parser, THandler handler, IReadOnlyList<PathPattern> patterns, PathEvents events = PathEvents.All)
        where THandler : struct, IPathHandler
    {
        var watcher = new PathWatcher<THandler>(handler, patterns, events);
        watcher.Attach(parser);
        return watcher;
    }

    private static PathSubscription Add(StreamingJsonParser parser, PathSubscription subscription)
    {
        PathSubscriptions.Of(NotNull(parser, nameof(parser))).Add(parser, subscription);
        return subscription;
    }

    private static T NotNull<T>(T argument, string name)
        where T : class => argument ?? throw new ArgumentNullException(name);
}
