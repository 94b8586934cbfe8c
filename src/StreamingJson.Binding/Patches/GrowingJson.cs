using StreamingJson.Binding.Support;
using StreamingJson.Buffers;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Patches;

/// <summary>
/// Writes what a <see cref="TapeCursor"/> walks over as compact JSON that is only ever appended to, and what closes it.
/// </summary>
/// <remarks>
/// <code>
///   {"a":[1,{"b":"x        written        a comma is written with the value behind it, a name with its value: both certain by then
///                   "}]}   the closing    from the inside out, for the open string and the levels
/// </code>
/// </remarks>
internal static class GrowingJson
{
    /// <summary>Writes all that is new: everything in the cursor's view that it did not walk over.</summary>
    public static void AppendNew(TapeCursor cursor, ref Arena<byte> json)
    {
        AppendOpenString(cursor, ref json);
        while (true)
        {
            AppendEnds(cursor, 0, ref json);
            if (!cursor.HasNext)
            {
                return;
            }

            AppendNext(cursor, ref json);
        }
    }

    /// <summary>
    /// Writes the next value, as far as it is there, and closes it, without members that are overridden; what is open in it stays entered.
    /// </summary>
    public static void AppendClosedValue(TapeCursor cursor, OverriddenMembers overridden, ref Arena<byte> json)
    {
        int floor = cursor.Depth;
        int row = cursor.Enter();
        AppendValue(cursor, row, ref json);
        while (true)
        {
            overridden.Enter(cursor.View, row);
            do
            {
                AppendEnds(cursor, floor, ref json);
            }
            while (cursor.Depth > floor && cursor.HasNext && overridden.TryTake(cursor.NextRow) && cursor.TrySkip());

            if (cursor.Depth == floor || !cursor.HasNext)
            {
                AppendClosing(cursor, floor, ref json);
                return;
            }

            row = AppendNext(cursor, ref json);
        }
    }

    /// <summary>Writes what closes the string and the containers that are open within a depth.</summary>
    public static void AppendClosing(TapeCursor cursor, int floor, ref Arena<byte> json)
    {
        if (cursor.OpenString != TapeView.NotFound)
        {
            json.Append((byte)'"');
        }

        for (int level = cursor.Depth - 1; level >= floor; level--)
        {
            json.Append(End(cursor.IsObject(level)));
        }
    }

    private static void AppendOpenString(TapeCursor cursor, ref Arena<byte> json)
    {
        if (cursor.OpenString != TapeView.NotFound)
        {
            CompactJson.AppendText(ref json, cursor.TakeText(out bool isClosed));
            if (isClosed)
            {
                json.Append((byte)'"');
            }
        }
    }

    private static void AppendEnds(TapeCursor cursor, int floor, ref Arena<byte> json)
    {
        while (cursor.Depth > floor && cursor.TryLeave(out bool isObject))
        {
            json.Append(End(isObject));
        }
    }

    // Root values are lines.
    private static int AppendNext(TapeCursor cursor, ref Arena<byte> json)
    {
        int depth = cursor.Depth;
        bool isFirst = depth == 0 ? !cursor.HasEntered : cursor.ChildrenOf(depth - 1) == 0;
        if (!isFirst)
        {
            json.Append(depth == 0 ? (byte)'\n' : (byte)',');
        }

        int row = cursor.Enter();
        if (row > 0 && cursor.Rows[row - 1].Kind == TapeKind.Name)
        {
            json.Append((byte)'"');
            CompactJson.AppendText(ref json, cursor.TextOf(row - 1));
            json.Append("\":"u8);
        }

        AppendValue(cursor, row, ref json);
        return row;
    }

    private static void AppendValue(TapeCursor cursor, int row, ref Arena<byte> json)
    {
        switch (cursor.Rows[row].Kind)
        {
            case TapeKind.Object:
                json.Append((byte)'{');
                break;
            case TapeKind.Array:
                json.Append((byte)'[');
                break;
            case TapeKind.String:
                json.Append((byte)'"');
                AppendOpenString(cursor, ref json);
                break;
            default:
                json.Append(cursor.RawOf(row));
                break;
        }
    }

    private static byte End(bool isObject) => isObject ? (byte)'}' : (byte)']';
}
