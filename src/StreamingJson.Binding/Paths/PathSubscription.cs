using System;
using StreamingJson.Paths;

namespace StreamingJson.Binding;

/// <summary>Takes what was added to the text of a string that a pattern selects.</summary>
/// <param name="utf8Text">What was added: unescaped, UTF-8, whole scalar values, never empty. Valid as long as a snapshot of the parser.</param>
/// <param name="value">The string, as it is after the operation.</param>
#pragma warning disable CA1711 // What people call such a delegate.
public delegate void PathTextHandler(ReadOnlySpan<byte> utf8Text, PartialJsonElement value);
#pragma warning restore CA1711

/// <summary>A handler on a path of a parser; <see cref="Dispose"/> ends it, and so does the parser's reset or end.</summary>
public sealed class PathSubscription : IDisposable
{
    private readonly Action<PartialJsonElement>? _handler;
    private readonly PathTextHandler? _textHandler;

    internal PathSubscription(PathPattern pattern, PathEventKinds kind, Action<PartialJsonElement> handler)
    {
        Pattern = pattern;
        Kind = kind;
        _handler = handler;
    }

    internal PathSubscription(PathPattern pattern, PathTextHandler handler)
    {
        Pattern = pattern;
        Kind = PathEventKinds.TextDelta;
        _textHandler = handler;
    }

    /// <summary>The values that the handler is called for.</summary>
    public PathPattern Pattern { get; }

    internal PathEventKinds Kind { get; }

    /// <summary>Whether the handler is no longer called: disposed, or the parser was reset or disposed.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Ends the subscription. May be called by the handler itself, and twice. For the thread that writes to the parser.</summary>
    public void Dispose() => IsEnded = true;

    internal void Tell(PartialJsonElement value, in PathEvent next)
    {
        if (IsEnded)
        {
            return;
        }

        if (_textHandler is { } textHandler)
        {
            textHandler(value.TextUtf8.Slice(next.TextStart, next.TextLength), value);
        }
        else
        {
            _handler!(value);
        }
    }
}
