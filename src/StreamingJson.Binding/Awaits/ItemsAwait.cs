using System;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>The items of an array, each as soon as it is whole, made from its bytes when it is asked for.</summary>
internal sealed class ItemsAwait<T>(ParserAwaits awaits, PathPattern path, JsonTypeInfo<T> type) : EnumeratedAwait<T?>(awaits, path)
{
    private int _nextItem = TapeView.NotFound;

    protected override bool Fits(TapeKind kind) => kind == TapeKind.Array;

    protected override bool HasNews(LiveDocument document)
    {
        ref Tape tape = ref document.Tokenizer.Handler;
        int item = _nextItem == TapeView.NotFound ? Row + 1 : _nextItem;
        return tape.Rows.Items[Row].End != 0 || (item < tape.VisibleRows && tape.Rows.Items[item].End != 0);
    }

    protected override Taken Take(in TapeView view, out T? part)
    {
        part = default;
        TapeRow[] rows = view.Rows;
        int item = _nextItem == TapeView.NotFound ? Row + 1 : _nextItem;
        if (item >= view.ChildrenEnd(rows[Row]))
        {
            return view.IsClosed(rows[Row]) ? Taken.End : Taken.Nothing;
        }

        if (!view.IsClosed(rows[item]))
        {
            return Taken.Nothing;
        }

        _nextItem = view.Next(rows[item], item);
        try
        {
            part = new PartialJsonElement(view, item).Deserialize(type);
        }
#pragma warning disable CA1031 // Whatever a converter throws, it is told where.
        catch (Exception misfit)
#pragma warning restore CA1031
        {
            throw new JsonAwaitException(JsonAwaitFailure.Mismatch, Path, rows[item].Start, misfit);
        }

        return Taken.Part;
    }
}
