using System;
using StreamingJson.Buffers;

namespace StreamingJson.Documents;

/// <content>Repeated property names, where nobody asked for them to be refused.</content>
internal readonly partial struct TapeView
{
    // So many names are compared each with each: nothing is allocated for the objects that occur.
    private const int Few = 64;

    /// <summary>Whether a name stands twice in any object. Looks only at objects whose names may repeat.</summary>
    public bool HasRepeatedNames()
    {
        TapeRow[] rows = Rows;
        PropertyNameSet? names = null;
        for (int row = 0; row < RowCount; row++)
        {
            if (rows[row].MayRepeatNames
                && (CountChildren(row) <= Few ? HasRepeatedNameAmongFew(row) : HasRepeatedName(row, names ??= new PropertyNameSet())))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasRepeatedNameAmongFew(int container)
    {
        TapeRow[] rows = Rows;
        int end = ChildrenEnd(rows[container]);
        for (int name = container + 1; name < end; name = Next(rows[name + 1], name + 1))
        {
            for (int earlier = container + 1; earlier < name; earlier = Next(rows[earlier + 1], earlier + 1))
            {
                if (Text(rows[earlier]).SequenceEqual(Text(rows[name])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HasRepeatedName(int container, PropertyNameSet names)
    {
        TapeRow[] rows = Rows;
        bool isNew = true;
        names.StartContainer();
        int end = ChildrenEnd(rows[container]);
        for (int name = container + 1; name < end && isNew; name = Next(rows[name + 1], name + 1))
        {
            isNew = names.TryAdd(Text(rows[name]));
        }

        names.EndContainer();
        return !isNew;
    }
}
