using System;
using System.Collections.Generic;

namespace StreamingJson.Binding;

/// <summary>Stops a stream because of what a value in it says, while it runs.</summary>
/// <remarks>
/// The predicate is asked whenever the text of a selected string has grown, and when a selected value is whole. It should be one that
/// stays true once it is, as "starts with" does: then it does not depend on the chunks whether the stream is stopped, only how many bytes
/// too many were received. It is asked no more after it said true. For the thread that reads.
/// </remarks>
public sealed class PathGuard
{
    private readonly Func<PartialJsonElement, bool> _stopWhen;
    private readonly List<(StreamingJsonParser Parser, PathSubscription Text, PathSubscription Completion)> _watched = [];

    /// <summary>Makes a guard.</summary>
    /// <param name="path">The values that it looks at (<see cref="PathPattern"/>).</param>
    /// <param name="stopWhen">Told of such a value, whole or growing; true stops.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is no pattern.</exception>
    public PathGuard(string path, Func<PartialJsonElement, bool> stopWhen)
    {
        Path = PathPattern.Parse(path);
        _stopWhen = stopWhen ?? throw new ArgumentNullException(nameof(stopWhen));
    }

    /// <summary>The values that it looks at.</summary>
    public PathPattern Path { get; }

    /// <summary>Where it said stop; null while it did not.</summary>
    public StreamStop? Stop { get; private set; }

    /// <summary>Looks at the values of a parser too, those that are there already included; nothing happens when it does so already.</summary>
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

    /// <summary>Looks at no parser any more, and forgets that it said stop.</summary>
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
