using System.Collections.Generic;
using System.Text;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson.Binding.Partials;

/// <summary>The pointers of the complete values, in the order in which they completed: children before parents (law 5). O(rows).</summary>
internal static class CompletedPointers
{
    public static List<string> Of(in TapeView view, int root)
    {
        var pointers = new List<string>();
        var open = new Stack<(int Row, int Length, int Children)>();
        var pointer = new StringBuilder();
        TapeRow[] rows = view.Rows;
        int end = view.Next(rows[root], root);
        for (int row = root; row < end; row++)
        {
            if (open.Count > 0)
            {
                (int container, int length, int children) = open.Pop();
                open.Push((container, length, children + 1));
                pointer.Length = length;
                if (rows[container].Kind == TapeKind.Object)
                {
                    JsonPointerText.AppendName(pointer, view.Text(rows[row++]));
                }
                else
                {
                    JsonPointerText.AppendIndex(pointer, children);
                }
            }

            if (rows[row].Kind.IsContainer())
            {
                open.Push((row, pointer.Length, 0));
            }
            else if (view.IsClosed(rows[row]))
            {
                pointers.Add(pointer.ToString());
            }

            while (open.Count > 0 && view.IsClosed(rows[open.Peek().Row]) && row + 1 == rows[open.Peek().Row].Link)
            {
                pointer.Length = open.Pop().Length;
                pointers.Add(pointer.ToString());
            }
        }

        return pointers;
    }
}
