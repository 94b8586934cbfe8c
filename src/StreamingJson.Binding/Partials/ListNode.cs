using System;
using System.Collections;
using System.Collections.Generic;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// An open list or array. What is complete is in a list of the node's own, which nobody sees before it is whole: what is seen is a copy,
/// so that it never changes. A copy costs nothing for what the items contain; for each item it costs its size where the contract is an array
/// or an interface to read by, a few nanoseconds where it is a list.
/// </summary>
internal sealed class ListNode : OpenNode
{
    private readonly bool _isArray;
    private IList _items; // of an array, with room at the end
    private int _count;
    private object? _seen;
    private int _firstPending = TapeView.NotFound;
    private int _lastPending;

    public ListNode(TypeContract contract, int row, ulong[] place)
        : base(contract, row, place)
    {
        _items = PartialBinder.NewList(contract);
        _isArray = _items is Array;
    }

    public override object? Finish(PartialBinder binder) => _isArray && _items.Count != _count ? CopyArray(_count) : _items;

    protected override Child Describe(PartialBinder binder, string? name, int nameRow, int row) =>
        Resolve(binder, name, nameRow, row, Contract.Item, PartialVisibility.FromContract);

    // All that came together is read together.
    protected override void Add(PartialBinder binder, in Child child)
    {
        _firstPending = _firstPending == TapeView.NotFound ? child.Row : _firstPending;
        _lastPending = child.Row;
    }

    protected override void Flush(PartialBinder binder)
    {
        if (_firstPending == TapeView.NotFound)
        {
            return;
        }

        var read = (IList)binder.ReadItems(Contract.TypeInfo, _firstPending, _lastPending)!;
        _firstPending = TapeView.NotFound;
        _seen = null;
        if (_count == 0)
        {
            _items = read;
            _count = read.Count;
        }
        else if (_isArray)
        {
            EnsureRoom(read.Count);
            Array.Copy((Array)read, 0, (Array)_items, _count, read.Count);
            _count += read.Count;
        }
        else
        {
            AddAll(read, _items);
            _count = _items.Count;
        }
    }

    protected override void AddValue(PartialBinder binder, in Child child, object? value)
    {
        _seen = null;
        if (_isArray)
        {
            EnsureRoom(1);
            ((Array)_items).SetValue(value, _count);
            _count++;
            return;
        }

        _items.Add(value);
        _count = _items.Count;
    }

    protected override bool TryAssembleOpen(PartialBinder binder, bool hasNewest, object? newest, out object? value)
    {
        if (!hasNewest && _seen is not null)
        {
            value = _seen;
            return true;
        }

        int length = hasNewest ? _count + 1 : _count;
        value = _isArray ? CopyArray(length) : Contract.ShownItemType is { } itemType ? CopyToArray(itemType, length) : CopyList();
        if (hasNewest && value is Array array)
        {
            array.SetValue(newest, _count);
        }
        else if (hasNewest)
        {
            ((IList)value).Add(newest);
        }

        _seen = hasNewest ? null : value;
        return true;
    }

    private Array CopyArray(int length)
    {
        Array copy = ContractTypes.NewArray((Array)_items, length);
        Array.Copy((Array)_items, copy, _count);
        return copy;
    }

    // Where only an interface is asked for: as a block, whatever the items are.
    private Array CopyToArray(Type itemType, int length)
    {
        Array copy = ContractTypes.NewArrayOf(itemType, length);
        _items.CopyTo(copy, 0);
        return copy;
    }

    // The commonest lists are copied as a block; the items of others are added one by one, and if they are values, boxed for that.
    private IList CopyList()
    {
        IList? block = CopyAs<string>();
        block ??= CopyAs<int>();
        block ??= CopyAs<long>();
        block ??= CopyAs<double>();
        block ??= CopyAs<float>();
        block ??= CopyAs<decimal>();
        block ??= CopyAs<bool>();
        if (block is not null)
        {
            return block;
        }

        IList copy = PartialBinder.NewList(Contract);
        AddAll(_items, copy);
        return copy;
    }

    private List<TItem>? CopyAs<TItem>() => _items.GetType() == typeof(List<TItem>) ? new List<TItem>((List<TItem>)_items) : null;

    private static void AddAll(IList items, IList to)
    {
        int count = items.Count;
        for (int index = 0; index < count; index++)
        {
            to.Add(items[index]);
        }
    }

    private void EnsureRoom(int count)
    {
        if (_items.Count - _count < count)
        {
            Array grown = ContractTypes.NewArray((Array)_items, Math.Max(_count + count, 2 * _items.Count));
            Array.Copy((Array)_items, grown, _count);
            _items = grown;
        }
    }
}
