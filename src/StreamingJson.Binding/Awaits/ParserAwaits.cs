using System.Collections.Generic;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>All who await something of one parser.</summary>
/// <remarks>
/// <code>
///   writer:    operation -> publish the state (gate) -> tell each await, which looks for itself whether there is news for it
///   others:    take the state (gate), and read the tape as it was then, holding the await's own lock
///   forgetting (reset, dispose): takes every await's lock first, so that nobody reads a tape that is gone
/// </code>
/// No foreign code runs under the gate; under the lock of an await, the converters of the type that it deserialises.
/// </remarks>
internal sealed class ParserAwaits : ParserObserver
{
    private readonly object _gate = new();
    private readonly List<PathAwait> _awaits = [];
    private PathAwait[] _told = [];
    private AwaitState _state;
    private bool _isForgotten;

    private ParserAwaits(StreamingJsonParser parser) => _state = new AwaitState(parser, version: 0);

    /// <summary>Those of a parser; they are attached when there are none yet, which is for the one who writes.</summary>
    public static ParserAwaits Of(StreamingJsonParser parser)
    {
        if (parser.FindObserver<ParserAwaits>() is { } found)
        {
            return found;
        }

        var awaits = new ParserAwaits(parser);
        parser.Attach(awaits);
        return awaits;
    }

    /// <summary>What was published last, and whether the document is gone since.</summary>
    public (AwaitState State, bool IsForgotten) Current
    {
        get
        {
            lock (_gate)
            {
                return (_state, _isForgotten);
            }
        }
    }

    /// <summary>From here on the await is told.</summary>
    public void Add(PathAwait added)
    {
        lock (_gate)
        {
            if (!_isForgotten)
            {
                _awaits.Add(added);
                _told = [.. _awaits];
            }
        }
    }

    public void Remove(PathAwait removed)
    {
        lock (_gate)
        {
            if (_awaits.Remove(removed))
            {
                _told = [.. _awaits];
            }
        }
    }

    public override void OnOperation(StreamingJsonParser parser)
    {
        PathAwait[] told;
        AwaitState state;
        lock (_gate)
        {
            _state = state = new AwaitState(parser, _state.Version + 1);
            told = _told;
        }

        LiveDocument document = parser.Document;
        foreach (PathAwait waiting in told)
        {
            if (waiting.OnPublished(document, state))
            {
                Remove(waiting);
            }
        }
    }

    public override void OnForgetting(StreamingJsonParser parser)
    {
        PathAwait[] told;
        AwaitState state;
        lock (_gate)
        {
            _isForgotten = true;
            state = _state;
            told = _told;
            _awaits.Clear();
            _told = [];
        }

        foreach (PathAwait waiting in told)
        {
            waiting.OnForgotten(state);
        }
    }
}
