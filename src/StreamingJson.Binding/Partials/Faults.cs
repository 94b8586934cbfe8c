using System;
using System.Diagnostics.CodeAnalysis;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Which value does not fit: found from the bytes alone, whenever it was noticed. The shortest beginning of the text that does not fit ends
/// with that value.
/// </summary>
internal static class Faults
{
    public static PartialBindingException Locate(TypeContract contract, VisibilityRules rules, in TapeView view, int root, Exception noticed)
    {
        int fits = view.Rows[root].Start;
        int fails = view.ByteCount;
        Exception inner = noticed;
        while (fails - fits > 1)
        {
            int middle = fits + ((fails - fits) >> 1);
            if (FaultOf(contract, rules, view.At(middle), root) is { } fault)
            {
                fails = middle;
                inner = fault;
            }
            else
            {
                fits = middle;
            }
        }

        int row = RowThatEndsIn(view, root, fails);
        string pointer = view.PointerTo(row);
        return new PartialBindingException(FaultNames.Describe(contract, pointer), pointer, view.Rows[row].Start, inner);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Converters and constructors throw what they like.")]
    private static Exception? FaultOf(TypeContract contract, VisibilityRules rules, in TapeView view, int root)
    {
        var binder = new PartialBinder(contract, rules);
        try
        {
            binder.TryBind(view, root, out _);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
        finally
        {
            binder.Restart();
        }
    }

    // The value that is complete with these bytes, or else the newest that has begun in them.
    private static int RowThatEndsIn(in TapeView view, int root, int byteCount)
    {
        TapeRow[] rows = view.Rows;
        int newest = root;
        for (int row = root; row < view.RowCount && rows[row].Start < byteCount; row++)
        {
            if (rows[row].Kind != TapeKind.Name)
            {
                newest = row;
                if (rows[row].End == byteCount)
                {
                    return row;
                }
            }
        }

        return newest;
    }
}
