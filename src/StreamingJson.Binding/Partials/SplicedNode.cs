using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StreamingJson.Buffers;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// An open object, dictionary or collection that the serializer makes from a text of its names and of stand-ins for its values
/// (<see cref="SpliceConverter"/>). The text grows with it; nothing in it is as long as a value.
/// </summary>
internal abstract class SplicedNode : OpenNode
{
    private readonly List<object?> _values = [];
    private Arena<byte> _text = new(ArrayPool<byte>.Shared);
    private bool _hasChildren;

    protected SplicedNode(TypeContract contract, int row, ulong[] place, byte open)
        : base(contract, row, place) => _text.Append(open);

    public override object? Finish(PartialBinder binder)
    {
        _text.Append(End);
        return binder.Assemble(_text.Written, Contract.Assembly, _values);
    }

    public override void Release() => _text.Release(clear: true);

    protected byte End => HasNames ? (byte)'}' : (byte)']';

    protected override void AddValue(PartialBinder binder, in Child child, object? value) => AppendValue(binder, child, value);

    /// <summary>Adds a child whose value is read already.</summary>
    protected void AppendValue(PartialBinder binder, in Child child, object? value)
    {
        AppendName(binder, child);
        _text.EnsureFree(SpliceConverter.StandInLength);
        SpliceConverter.WriteStandIn(_text.Items.AsSpan(_text.Count), _values.Count);
        _text.Count += SpliceConverter.StandInLength;
        _values.Add(value);
    }

    /// <summary>Adds a child whose text is read with the object.</summary>
    protected void AppendText(PartialBinder binder, in Child child)
    {
        AppendName(binder, child);
        binder.CopyClosed(child.Row, ref _text);
    }

    /// <summary>Adds a child whose value does not matter; its name may.</summary>
    protected void AppendNothing(PartialBinder binder, in Child child)
    {
        AppendName(binder, child);
        _text.Append((byte)'0');
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a constructor or setter says of a value that is not whole is no verdict.")]
    protected override bool TryAssembleOpen(PartialBinder binder, bool hasNewest, object? newest, out object? value)
    {
        int length = _text.Count;
        int values = _values.Count;
        bool hadChildren = _hasChildren;
        try
        {
            if (hasNewest)
            {
                AppendValue(binder, Newest, newest);
            }

            _text.Append(End);
            value = binder.Assemble(_text.Written, Contract.Assembly, _values);
        }
        catch (Exception e) when (e is not (JsonException or OutOfMemoryException))
        {
            value = null;
        }
        finally
        {
            _text.Count = length;
            _values.RemoveRange(values, _values.Count - values);
            _hasChildren = hadChildren;
        }

        return value is not null;
    }

    private void AppendName(PartialBinder binder, in Child child)
    {
        if (_hasChildren)
        {
            _text.Append((byte)',');
        }

        _hasChildren = true;
        if (HasNames)
        {
            binder.CopyName(child.NameRow, ref _text);
            _text.Append((byte)':');
        }
    }
}
