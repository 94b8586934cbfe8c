using System;
using System.Text;
using StreamingJson.Text;

namespace StreamingJson.Documents;

/// <content>RFC 6901 pointers: from the root down, past the siblings, without a stack.</content>
internal readonly partial struct TapeView
{
    public const int NotFound = -1;

    /// <summary>The pointer of a value, from its root. Costs O(depth x siblings).</summary>
    public string PointerTo(int target)
    {
        TapeRow[] rows = Rows;
        int container = RootOf(target);
        var pointer = new StringBuilder();
        while (container != target)
        {
            container = rows[container].Kind == TapeKind.Object
                ? DescendObject(rows, container, target, pointer)
                : DescendArray(rows, container, target, pointer);
        }

        return pointer.ToString();
    }

    /// <summary>The row that the pointer leads to from <paramref name="start"/>, or <see cref="NotFound"/>.</summary>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    public int Find(int start, ReadOnlySpan<char> pointer)
    {
        int found = start;
        while (JsonPointerText.TryTakeToken(ref pointer, out string? token))
        {
            if (token is null)
            {
                throw new FormatException("Not a JSON pointer (RFC 6901).");
            }

            if (found != NotFound)
            {
                found = FindChild(found, token);
            }
        }

        return found;
    }

    /// <summary>The row of the item at <paramref name="index"/>, which is not negative, or <see cref="NotFound"/>.</summary>
    public int FindItem(int container, int index)
    {
        TapeRow[] rows = Rows;
        int end = ChildrenEnd(rows[container]);
        int child = container + 1;
        for (; child < end && index > 0; index--)
        {
            child = Next(rows[child], child);
        }

        return child < end ? child : NotFound;
    }

    /// <summary>The index of a value among its siblings, and the row of its container (<see cref="NotFound"/> for a root).</summary>
    public (int Container, int Index, int Depth) Place(int target)
    {
        TapeRow[] rows = Rows;
        int container = NotFound;
        int depth = 0;
        for (int child = RootOf(target); ; depth++)
        {
            int index = 0;
            if (container != NotFound)
            {
                int valueOffset = rows[container].Kind == TapeKind.Object ? 1 : 0;
                child = container + 1 + valueOffset;
                for (int next; (next = Next(rows[child], child)) <= target; child = next + valueOffset)
                {
                    index++;
                }
            }

            if (child == target)
            {
                return (container, index, depth);
            }

            container = child;
        }
    }

    private int FindChild(int container, string token) => Rows[container].Kind switch
    {
        TapeKind.Object => FindProperty(container, Utf8Text.GetBytes(token.AsSpan())),
        TapeKind.Array when JsonPointerText.TryParseIndex(token, out int index) => FindItem(container, index),
        _ => NotFound,
    };

    private int RootOf(int target)
    {
        TapeRow[] rows = Rows;
        int root = 0;
        for (int next; (next = Next(rows[root], root)) <= target; root = next)
        {
        }

        return root;
    }

    private int DescendObject(TapeRow[] rows, int container, int target, StringBuilder pointer)
    {
        int name = container + 1;
        for (int next; (next = Next(rows[name + 1], name + 1)) <= target; name = next)
        {
        }

        JsonPointerText.AppendName(pointer, Text(rows[name]));
        return name + 1;
    }

    private int DescendArray(TapeRow[] rows, int container, int target, StringBuilder pointer)
    {
        int child = container + 1;
        int index = 0;
        for (int next; (next = Next(rows[child], child)) <= target; child = next)
        {
            index++;
        }

        JsonPointerText.AppendIndex(pointer, index);
        return child;
    }
}
