using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// A container that is open, on the way from the root to the end of the data: what of it was read already, each complete child once.
/// </summary>
/// <remarks>
/// <code>
///   children:  [ read ............ ][ the newest, if it is open ]
///              Row + 1              NextRow
/// </code>
/// The newest child is a node of its own when it is a container that may be seen growing; a string that may be is taken from the tape each
/// time; anything else waits until it is complete.
/// </remarks>
internal abstract class OpenNode
{
    private readonly ulong[] _place;
    private Child _newest;
    private int _newestRow = TapeView.NotFound;

    protected OpenNode(TypeContract contract, int row, ulong[] place)
    {
        Contract = contract;
        Row = row;
        NextRow = row + 1;
        _place = place;
    }

    /// <summary>The row of the container.</summary>
    public int Row { get; }

    public TypeContract Contract { get; protected set; }

    /// <summary>The row of the first child, or name, that was not read.</summary>
    protected int NextRow { get; private set; }

    /// <summary>How many children were read.</summary>
    protected int Index { get; private set; }

    /// <summary>The newest child, which is open; meaningless without one.</summary>
    protected ref readonly Child Newest => ref _newest;

    protected bool HasOpenChild { get; private set; }

    /// <summary>Whether the children are members, with names.</summary>
    protected virtual bool HasNames => false;

    /// <summary>Reads the children that are complete. When the newest is a container to be followed, it is returned as a node.</summary>
    public OpenNode? Absorb(PartialBinder binder)
    {
        HasOpenChild = false;
        TapeView view = binder.View;
        TapeRow[] rows = view.Rows;
        int end = view.ChildrenEnd(rows[Row]);
        if (NextRow < end && !IsReady(binder))
        {
            return null;
        }

        while (NextRow < end)
        {
            int value = HasNames ? NextRow + 1 : NextRow;
            if (_newestRow != value)
            {
                _newestRow = value;
                _newest = Describe(binder, HasNames ? Utf8Text.ToString(view.Text(rows[NextRow])) : null, NextRow, value);
            }

            if (!view.IsClosed(rows[value]))
            {
                HasOpenChild = true;
                Flush(binder);
                return _newest.CanGrow ? binder.TryFollow(_newest.Contract!, value, _newest.Place) : null;
            }

            binder.HasChanged = true;
            Add(binder, _newest);
            Advance(view.Next(rows[value], value));
        }

        Flush(binder);
        return null;
    }

    /// <summary>The newest child, which was a node, is complete.</summary>
    public void Deliver(PartialBinder binder, object? value)
    {
        AddValue(binder, _newest, value);
        Advance(binder.View.Next(binder.View.Rows[_newest.Row], _newest.Row));
    }

    /// <summary>The newest child as far as it may be seen growing, where it is no container.</summary>
    public bool TryReadGrowing(PartialBinder binder, out object? value)
    {
        value = null;
        return HasOpenChild && _newest.CanGrow && binder.TryReadText(_newest.Contract!, _newest.Row, out value);
    }

    /// <summary>
    /// The value so far, new each time; false while there is none to be seen. With the newest child as far as it is seen.
    /// </summary>
    public bool TryAssemble(PartialBinder binder, bool hasNewest, object? newest, out object? value)
    {
        value = null;
        bool isHeld = HasOpenChild && _newest.Visibility == PartialVisibility.HoldsParent;
        return !isHeld && TryAssembleOpen(binder, hasNewest, newest, out value);
    }

    /// <summary>The whole value; every child was read.</summary>
    public abstract object? Finish(PartialBinder binder);

    /// <summary>Gives back what the node holds.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Whether children can be read yet.</summary>
    protected virtual bool IsReady(PartialBinder binder) => true;

    /// <summary>What is to be done with a child.</summary>
    protected abstract Child Describe(PartialBinder binder, string? name, int nameRow, int row);

    protected abstract void Add(PartialBinder binder, in Child child);

    protected abstract void AddValue(PartialBinder binder, in Child child, object? value);

    /// <summary>Reads what <see cref="Add"/> put off.</summary>
    protected virtual void Flush(PartialBinder binder)
    {
    }

    protected abstract bool TryAssembleOpen(PartialBinder binder, bool hasNewest, object? newest, out object? value);

    /// <summary>A child with the visibility that rules, attribute and contract make together.</summary>
    protected Child Resolve(PartialBinder binder, string? name, int nameRow, int row, TypeContract? contract, PartialVisibility ofMember)
    {
        ulong[] place = _place;
        PartialVisibility visibility = ofMember;
        if (!binder.Rules.IsEmpty)
        {
            place = binder.Rules.Step(_place, name, Index);
            visibility = binder.Rules.At(place) is var ruled and not PartialVisibility.FromContract ? ruled : ofMember;
        }

        return new Child(nameRow, row, contract, visibility, place);
    }

    /// <summary>What the rules say of a member that need not be there.</summary>
    protected PartialVisibility RuleOf(PartialBinder binder, string name) => binder.Rules.At(binder.Rules.Step(_place, name, index: 0));

    private void Advance(int row)
    {
        NextRow = row;
        Index++;
    }

    /// <summary>A child, and what is to be done with it.</summary>
    internal readonly record struct Child(int NameRow, int Row, TypeContract? Contract, PartialVisibility Visibility, ulong[] Place)
    {
        /// <summary>Of an object, the member; null for what fits none.</summary>
        public MemberContract? Member { get; init; }

        /// <summary>Whether it may be seen before it is complete.</summary>
        public bool CanGrow => Contract is not null && Visibility switch
        {
            PartialVisibility.FromContract => Contract.Shape != ContractShape.Whole,
            PartialVisibility.Growing => true,
            _ => false,
        };
    }
}
