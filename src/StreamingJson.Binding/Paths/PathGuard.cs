using System;
using System.Collections.Generic;

namespace StreamingJson.Binding;

/// <summary>Stops a running stream because of what a value in it says.</summary>
/// <remarks>
/// The predicate is called whenever the text of a selected string has grown, and when a selected value is complete. It should be one that
/// stays true once it is, as "starts with" does: then whether the stream is stopped does not depend on the chunks, only how many bytes
/// too many were received. It is not called again after it returned true. For the thread that reads.
/// </remarks>
public sealed class PathGuard
{
    private readonly Func<PartialJsonElement, bool> _stopWhen;
    private readonly List<(StreamingJsonParser Parser, PathSubscription Text, PathSubscription Completion)> _watched = [];

    /// <summary>Creates a guard.</summary>
    /// <param name="path">The values that it looks at (<see cref="PathPattern"/>).</param>
    /// <param name="stopWhen">Called with such a value, complete or growing; true stops.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    public PathGuard(string path, Func<PartialJsonElement, bool> stopWhen)
    {
        Path = PathPattern.Parse(path);
        _stopWhen = stopWhen ?? throw new ArgumentNullException(nameof(stopWhen));
    }

    /// <summary>The values that it looks at.</summary>
    public PathPattern Path { get; }

    /// <summary>Where it stopped the stream; null if it has not.</summary>
    public StreamStop? Stop { get; private set; }

    /// <summary>Also looks at the values of this parser, including those that are there already; does nothing if it does so already.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="parser"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public void Watch(StreamingJsonParser parser)
    {
        _ = parser ?? throw new ArgumentNullException(nameof(parser));
        _watched.RemoveAll(watched => watched.Text.IsEnded);
        if (!_watched.Exists(watched => watched.Parser == parser))
        {
            _watched.Add((parser, parser.OnTextDelta(Path, (_, value) => Look(value)), parser.OnCompleted(Path, Look)));
        }
    }

    /// <summary>Stops looking at any parser, and forgets that it stopped a stream.</summary>
    public void Reset()
    {
        foreach ((_, PathSubscription text, PathSubscription completion) in _watched)
        {
            text.Dispose();
            completion.Dispose();
        }

        _watched.Clear();
        Stop = null;
    }

    private void Look(PartialJsonElement value)
    {
        if (Stop is null && _stopWhen(value))
        {
            Stop = new StreamStop(Path, value.GetPointer(), value.ByteRange.Start);
        }
    }
}
