using System;
using System.Collections.Generic;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Makes the value so far of a text that grows. Complete values are read once; what is open, on the way from the root to the end of the
/// data, is made anew when something in it changed.
/// </summary>
/// <remarks>
/// <code>
///   {"title":"Plan","steps":[{"n":1},{"n":2},{"name":"dri        path:  object  ->  list  ->  object
///    read once              read once         made anew          the tail, a string, is taken from the tape
/// </code>
/// No recursion on the depth of the text: the path is a list. It goes on from any newer view of the same text, and starts anew for an older one, and for another text.
/// </remarks>
internal sealed partial class PartialBinder
{
    private readonly TypeContract _contract;
    private readonly List<OpenNode> _path = [];
    private int _version;
    private int _root = TapeView.NotFound;
    private bool _isWhole;
    private bool _isSeen;
    private object? _seen;

    public PartialBinder(TypeContract contract, VisibilityRules rules)
    {
        _contract = contract;
        Rules = rules;
    }

    public VisibilityRules Rules { get; }

    /// <summary>The document as it is looked at.</summary>
    public TapeView View { get; private set; }

    /// <summary>Whether what is seen may be another than the last time.</summary>
    public bool HasChanged { get; set; }

    /// <summary>The members of the root, where it is an object whose type is certain.</summary>
    public TypeContract? RootMembers => _path.Count > 0 ? (_path[0] as ObjectNode)?.Members : _contract;

    /// <summary>The value so far; false while there is none to be seen.</summary>
    /// <exception cref="Exception">What the serializer, a converter or a constructor throws when a complete value does not fit.</exception>
    public bool TryBind(in TapeView view, int root, out object? value)
    {
        bool isOlder = view.ByteCount < View.ByteCount;
        View = view;
        if (_version != view.Version || _root != root || isOlder)
        {
            Restart(view.Version, root);
        }

        if (!_isWhole && view.RowCount > root)
        {
            Follow();
        }

        value = _seen;
        return _isSeen;
    }

    /// <summary>Gives back what it holds.</summary>
    public void Restart(int version = 0, int root = TapeView.NotFound)
    {
        foreach (OpenNode node in _path)
        {
            node.Release();
        }

        _path.Clear();
        _version = version;
        _root = root;
        _isWhole = _isSeen = false;
        _seen = null;
        ForgetText();
    }

    /// <summary>A node for an open container, if its contract can be read from one of its kind, piece by piece.</summary>
    public OpenNode? TryFollow(TypeContract contract, int row, ulong[] place) => (View.Rows[row].Kind, contract.Shape) switch
    {
        (TapeKind.Object, ContractShape.Object) => new ObjectNode(contract, row, place, this),
        (TapeKind.Object, ContractShape.Dictionary) => new ItemsNode(contract, row, place),
        (TapeKind.Array, ContractShape.List) => new ListNode(contract, row, place),
        (TapeKind.Array, ContractShape.Collection) => new ItemsNode(contract, row, place),
        _ => null,
    };

    private void Follow()
    {
        if (_path.Count == 0)
        {
            if (View.IsClosed(View.Rows[_root]))
            {
                End(ReadComplete(_contract, _root));
                return;
            }

            if (TryFollow(_contract, _root, Rules.Root) is not { } node)
            {
                _isSeen = _contract.Shape == ContractShape.Text && TryReadText(_contract, _root, out _seen);
                return;
            }

            Push(node);
        }

        ReadChildren();
        if (!_isWhole)
        {
            See();
        }
    }

    // From the innermost on: what follows a child is behind its end.
    private void ReadChildren()
    {
        while (true)
        {
            OpenNode innermost = _path[_path.Count - 1];
            if (innermost.Absorb(this) is { } child)
            {
                Push(child);
                continue;
            }

            if (!View.IsClosed(View.Rows[innermost.Row]))
            {
                return;
            }

            object? value = innermost.Finish(this);
            innermost.Release();
            _path.RemoveAt(_path.Count - 1);
            HasChanged = true;
            if (_path.Count == 0)
            {
                End(value);
                return;
            }

            _path[_path.Count - 1].Deliver(this, value);
        }
    }

    private void See()
    {
        bool isSeen = _path[_path.Count - 1].TryReadGrowing(this, out object? value);
        if (!HasChanged)
        {
            return;
        }

        for (int index = _path.Count - 1; index >= 0; index--)
        {
            isSeen = _path[index].TryAssemble(this, isSeen, value, out value);
        }

        _isSeen = isSeen;
        _seen = value;
        HasChanged = false;
    }

    private void Push(OpenNode node)
    {
        _path.Add(node);
        HasChanged = true;
    }

    private void End(object? value)
    {
        _seen = value;
        _isSeen = _isWhole = true;
    }
}
