using System;
using System.Collections.Generic;
using StreamingJson.Documents;
using StreamingJson.Paths;

namespace StreamingJson.Binding.Paths;

/// <summary>All handlers on the paths of one parser, told by one walk along its tape.</summary>
/// <remarks>
/// A subscription that comes late walks alone until it has been told what there was; then it joins the others, in a walk that is compiled
/// anew and led, in silence, to where they are.
/// </remarks>
internal sealed class PathSubscriptions : ParserObserver
{
    // The first is the walk of all that were there early; the others are of latecomers that could not join yet.
    private readonly List<Walk> _walks = [];
    private bool _isTelling;
    private bool _isForgotten;

    /// <summary>Those of a parser; they are attached when there are none yet.</summary>
    public static PathSubscriptions Of(StreamingJsonParser parser)
    {
        if (parser.FindObserver<PathSubscriptions>() is { } found)
        {
            return found;
        }

        var subscriptions = new PathSubscriptions();
        parser.Attach(subscriptions);
        return subscriptions;
    }

    /// <summary>Adds a subscription, and tells it what there was.</summary>
    public void Add(StreamingJsonParser parser, PathSubscription subscription)
    {
        _walks.Add(new Walk([subscription]));
        parser.TellNextOperation();
        if (!_isTelling && parser.Document.View.RowCount > 0)
        {
            Tell(parser);
        }
    }

    public override OperationKinds Wanted => _isTelling || _walks.Count > 1 ? OperationKinds.All : _walks[0].Cursor.Wanted;

    public override void OnOperation(StreamingJsonParser parser)
    {
        // When a handler appended or subscribed, the loop that called it goes on with what that brought.
        if (!_isTelling && (_walks.Count > 1 || _walks[0].Cursor.Advance(parser.Document)))
        {
            Tell(parser);
        }
    }

    public override void OnForgetting(StreamingJsonParser parser)
    {
        _isForgotten = true;
        foreach (Walk walk in _walks)
        {
            Array.ForEach(walk.Subscriptions, subscription => subscription.Dispose());
        }
    }

    private void Tell(StreamingJsonParser parser)
    {
        _isTelling = true;
        try
        {
            JoinThoseWhoHaveSeenNothing();
            for (int walk = 0; walk < _walks.Count; walk++)
            {
                Tell(parser, _walks[walk]);
            }

            JoinAll(parser);
        }
        finally
        {
            _isTelling = false;
        }
    }

    private void Tell(StreamingJsonParser parser, Walk walk)
    {
        PathCursor cursor = walk.Cursor;
        while (!_isForgotten)
        {
            // Taken anew each time: a handler may have appended.
            TapeView view = parser.Document.View;
            if (!cursor.TryNext(view, out PathEvent next))
            {
                return;
            }

            walk.Subscriptions[next.Pattern].Tell(new PartialJsonElement(view, next.Row), next);
        }
    }

    private void JoinThoseWhoHaveSeenNothing()
    {
        if (_walks.Count > 1 && _walks.TrueForAll(walk => walk.IsAtStart))
        {
            Join();
        }
    }

    private void JoinAll(StreamingJsonParser parser)
    {
        if (_walks.Count > 1 && !_isForgotten)
        {
            Join();
            while (_walks[0].Cursor.TryNext(parser.Document.View, out _))
            {
            }
        }
    }

    private void Join()
    {
        var all = new List<PathSubscription>();
        foreach (Walk walk in _walks)
        {
            all.AddRange(Array.FindAll(walk.Subscriptions, subscription => !subscription.IsEnded));
        }

        _walks.Clear();
        _walks.Add(new Walk([.. all]));
    }

    // Compiled when it is first needed: of those that join before the first byte, only together.
    private sealed class Walk(PathSubscription[] subscriptions)
    {
        private PathCursor? _cursor;

        public PathSubscription[] Subscriptions { get; } = subscriptions;

        public PathCursor Cursor =>
            _cursor ??= new PathCursor([.. Array.ConvertAll(Subscriptions, s => s.Pattern)], pattern => Subscriptions[pattern].Kind);

        public bool IsAtStart => _cursor is null || _cursor.IsAtStart;
    }
}
