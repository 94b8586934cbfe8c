using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;

namespace StreamingJson.Tool.Verification;

/// <summary>A value of the <see cref="Mirror"/>: everything that events said of it, copied.</summary>
internal sealed class MirrorNode(JsonValueKind kind, int start, byte[] name, MirrorNode? parent)
{
    private static readonly List<MirrorNode> NoChildren = [];

    public JsonValueKind Kind { get; } = kind;

    /// <summary>The offset of its first byte.</summary>
    public int Start { get; } = start;

    /// <summary>The offset after its last byte; 0 while it is not complete.</summary>
    public int End { get; set; }

    public bool IsComplete => End != 0;

    public byte[] Name { get; } = name;

    public MirrorNode? Parent { get; } = parent;

    /// <summary>The index among its siblings.</summary>
    public int Index { get; } = parent?.Children.Count ?? 0;

    public List<MirrorNode> Children { get; } = kind is JsonValueKind.Object or JsonValueKind.Array ? [] : NoChildren;

    /// <summary>Of a string: its deltas, joined. Of a number: its text.</summary>
    public ReadOnlySpan<byte> Text => _text is null ? default : _text.WrittenSpan;

    private ArrayBufferWriter<byte>? _text;

    public void AppendText(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            _text ??= new ArrayBufferWriter<byte>(text.Length);
            _text.Write(text);
        }
    }
}
