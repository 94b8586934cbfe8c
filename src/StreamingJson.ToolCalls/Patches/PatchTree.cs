using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Patches;

/// <summary>The value that patches build in whatever order they come. Rare: it allocates.</summary>
/// <remarks>More text to a string is added to it; any other value replaces the one before; items of an array that nobody gave are <c>null</c>.</remarks>
internal sealed class PatchTree : IDisposable
{
    // What a node counts besides its text, and what all may: no more than arguments may have.
    private const int NodeCost = 64;
    private const int MaxCost = 16 * 1024 * 1024;

    private readonly Node _root = new();
    private readonly Utf8Buffer _name = new();
    private int _cost;

    /// <summary>Takes a value that patches have built so far; false if it is too large.</summary>
    public bool TryLoad(EnvelopeValue root) => TryLoad(_root, root);

    /// <summary>Takes one patch; false if the value would be too large.</summary>
    public bool TrySet(PatchPath path, EnvelopeValue patch)
    {
        Node node = _root;
        for (int i = 0; i < path.Count; i++)
        {
            _name.Clear();
            PatchValue.WriteName(path.Name(i), _name);
            if (!(path.IsIndex(i) ? TryGetItem(node, path.Index(i), out node!) : TryGetProperty(node, _name.Written, out node!)))
            {
                return false;
            }
        }

        EnvelopeValue text = patch["stringValue"u8];
        if (!TryPay(text.Raw.Length))
        {
            return false;
        }

        if (!text.IsString)
        {
            node.Become(NodeKind.Literal);
            PatchValue.WriteLiteral(patch, node.Text);
            return true;
        }

        if (node.Kind != NodeKind.Text)
        {
            node.Become(NodeKind.Text);
        }

        node.Text.Append(text.Raw);
        return true;
    }

    /// <summary>Writes the value.</summary>
    public void Write(Utf8Buffer output) => Write(_root, output);

    public void Dispose()
    {
        _root.Become(NodeKind.Null);
        _root.Text.Dispose();
        _name.Dispose();
    }

    private bool TryPay(int bytes)
    {
        _cost = (int)Math.Min(MaxCost + 1L, _cost + (long)bytes + NodeCost);
        return _cost <= MaxCost;
    }

    private bool TryLoad(Node node, EnvelopeValue value)
    {
        if (value.IsObject)
        {
            node.Become(NodeKind.Object);
            foreach (EnvelopeValue.PropertyEnumerator property in value.EnumerateObject())
            {
                _name.Clear();
                _name.Append((byte)'"');
                _name.Append(property.Name);
                _name.Append((byte)'"');
                if (!TryGetProperty(node, _name.Written, out Node child) || !TryLoad(child, property.Value))
                {
                    return false;
                }
            }

            return true;
        }

        if (value.IsArray)
        {
            node.Become(NodeKind.Array);
            foreach (EnvelopeValue item in value.EnumerateArray())
            {
                if (!TryGetItem(node, node.Children.Count, out Node child) || !TryLoad(child, item))
                {
                    return false;
                }
            }

            return true;
        }

        node.Become(value.IsString ? NodeKind.Text : NodeKind.Literal);
        node.Text.Append(value.Raw);
        return TryPay(value.Raw.Length);
    }

    private bool TryGetItem(Node node, int index, out Node child)
    {
        if (node.Kind != NodeKind.Array)
        {
            node.Become(NodeKind.Array);
        }

        while (node.Children.Count <= index && TryPay(0))
        {
            node.Children.Add(new Node());
        }

        child = index < node.Children.Count ? node.Children[index] : node;
        return index < node.Children.Count;
    }

    private bool TryGetProperty(Node node, ReadOnlySpan<byte> name, out Node child)
    {
        if (node.Kind != NodeKind.Object)
        {
            node.Become(NodeKind.Object);
        }

        string text = Utf8Buffer.ToString(name);
        if (node.Names.TryGetValue(text, out int position))
        {
            child = node.Children[position];
            return true;
        }

        child = new Node();
        child.Name.Append(name);
        node.Names.Add(text, node.Children.Count);
        node.Children.Add(child);
        return TryPay(name.Length);
    }

    private static void Write(Node node, Utf8Buffer output)
    {
        switch (node.Kind)
        {
            case NodeKind.Text:
                output.Append((byte)'"');
                output.Append(node.Text.Written);
                output.Append((byte)'"');
                break;
            case NodeKind.Object or NodeKind.Array:
                output.Append(node.Kind == NodeKind.Object ? (byte)'{' : (byte)'[');
                for (int i = 0; i < node.Children.Count; i++)
                {
                    if (i > 0)
                    {
                        output.Append((byte)',');
                    }

                    if (node.Kind == NodeKind.Object)
                    {
                        output.Append(node.Children[i].Name.Written);
                        output.Append((byte)':');
                    }

                    Write(node.Children[i], output);
                }

                output.Append(node.Kind == NodeKind.Object ? (byte)'}' : (byte)']');
                break;
            default:
                output.Append(node.Kind == NodeKind.Null ? "null"u8 : node.Text.Written);
                break;
        }
    }

    private enum NodeKind
    {
        Null,
        Literal,
        Text,
        Object,
        Array,
    }

    private sealed class Node
    {
        public NodeKind Kind { get; private set; }

        /// <summary>As JSON: a literal, or the inside of a string.</summary>
        public Utf8Buffer Text { get; } = new();

        /// <summary>As JSON, with quotes.</summary>
        public Utf8Buffer Name { get; } = new();

        public List<Node> Children { get; } = new();

        public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);

        public void Become(NodeKind kind)
        {
            foreach (Node child in Children)
            {
                child.Become(NodeKind.Null);
                child.Text.Dispose();
                child.Name.Dispose();
            }

            Kind = kind;
            Text.Clear();
            Children.Clear();
            Names.Clear();
        }
    }
}
