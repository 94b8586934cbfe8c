using System;
using System.Buffers;
using StreamingJson.Buffers;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Patches;

/// <summary>
/// Finds the members of new objects whose name comes again behind them: the last wins, and a patch shows it alone, because readers
/// differ about repeated names (RFC 8259, section 4).
/// </summary>
/// <remarks>
/// A stack of name rows, the next to be met on top. Those of an object within another are met before the rest of the outer one's, and
/// lie above them. Objects whose names are certainly different cost one look at a flag; others O(members).
/// </remarks>
internal sealed class OverriddenMembers : IDisposable
{
    private Arena<int> _overridden = new(ArrayPool<int>.Shared);
    private Arena<int> _members = new(ArrayPool<int>.Shared);
    private PropertyNameSet? _names;

    /// <summary>An object or anything else was entered.</summary>
    public void Enter(in TapeView view, int row)
    {
        TapeRow[] rows = view.Rows;
        if (rows[row].Kind != TapeKind.Object || !rows[row].MayRepeatNames)
        {
            return;
        }

        _members.Count = 0;
        int end = view.ChildrenEnd(rows[row]);
        for (int name = row + 1; name < end; name = view.Next(rows[name + 1], name + 1))
        {
            _members.Append(name);
        }

        _names ??= new PropertyNameSet();
        _names.StartContainer();
        for (int member = _members.Count - 1; member >= 0; member--)
        {
            int name = _members.Items[member];
            if (!_names.TryAdd(view.Text(rows[name])))
            {
                _overridden.Append(name);
            }
        }

        _names.EndContainer();
    }

    /// <summary>Whether the member whose name is in the row, the next one, is overridden.</summary>
    public bool TryTake(int nameRow)
    {
        bool isOverridden = _overridden.Count > 0 && _overridden.Items[_overridden.Count - 1] == nameRow;
        _overridden.Count -= isOverridden ? 1 : 0;
        return isOverridden;
    }

    public void Dispose()
    {
        _overridden.Release(clear: false);
        _members.Release(clear: false);
        _names?.Clear();
    }
}
