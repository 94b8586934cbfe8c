using System.Runtime.CompilerServices;
using StreamingJson.Documents;
using StreamingJson.Paths;

namespace StreamingJson.Binding.Awaits;

/// <summary>Someone who awaits the first value that a path selects, by the order of the text.</summary>
internal abstract class PathAwait(PathPattern path)
{
    private readonly PathCursor _cursor = new([path], _ => PathEventKinds.Started);

    public PathPattern Path { get; } = path;

    /// <summary>The row of the value, or <see cref="TapeView.NotFound"/> while it has not begun.</summary>
    public int Row { get; private set; } = TapeView.NotFound;

    /// <summary>The one who writes has published a state. Returns whether nothing more is wanted.</summary>
    public abstract bool OnPublished(LiveDocument document, in AwaitState state);

    /// <summary>The document is about to go.</summary>
    public abstract void OnForgotten(in AwaitState last);

    /// <summary>Looks for the value; false while it has not begun.</summary>
    protected bool TryFind(in AwaitState state)
    {
        if (Row == TapeView.NotFound && state.View.RowCount > 0 && _cursor.TryNext(state.View, out PathEvent found))
        {
            Row = found.Row;
        }

        return Row != TapeView.NotFound;
    }

    /// <summary>Whether <see cref="TryFind"/> may find the value now. For the one who writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool MayBeFound(LiveDocument document) => _cursor.MayHaveNews(document);

    /// <summary>Why nothing comes any more.</summary>
    protected JsonAwaitException Failure(in AwaitState state) => state.Failure(Path, hasBegun: Row != TapeView.NotFound);

    protected JsonAwaitException Abandoned(in AwaitState state) => new(JsonAwaitFailure.Abandoned, Path, state.Offset);
}
