using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Unicode;

namespace StreamingJson.Tool;

/// <summary>
/// The RFC 6901 pointer of the value that the newest event is about, kept up to date from event to event.
/// </summary>
/// <remarks>
/// <see cref="JsonEvent.GetPointer"/> walks past all siblings each time: right for an event that somebody waits for, quadratic for a
/// file of which every event is printed.
/// </remarks>
internal sealed class PointerTrail
{
    private readonly Stack<Place> _open = new();
    private byte[] _pointer = new byte[64];

    /// <summary>The pointer of the innermost value that was entered, as UTF-8; empty for the root, and outside of it.</summary>
    public ReadOnlySpan<byte> Current => _pointer.AsSpan(0, Length);

    private int Length => _open.TryPeek(out Place? place) ? place.Length : 0;

    /// <summary>A value began.</summary>
    public void Enter(in JsonEvent started)
    {
        int length = Length;
        if (_open.TryPeek(out Place? parent))
        {
            length = parent.IsArray ? AppendIndex(length, parent.Children) : AppendName(length, started.PropertyNameUtf8);
            parent.Children++;
        }

        _open.Push(new Place(length, started.Element.ValueKind == JsonValueKind.Array));
    }

    /// <summary>The value that was entered last and not left yet is complete.</summary>
    public void Leave() => _open.Pop();

    private int AppendIndex(int length, int index)
    {
        MakeRoom(length + 12);
        Utf8.TryWrite(_pointer.AsSpan(length), $"/{index}", out int written);
        return length + written;
    }

    private int AppendName(int length, ReadOnlySpan<byte> name)
    {
        MakeRoom(length + 1 + (2 * name.Length));
        _pointer[length++] = (byte)'/';
        foreach (byte next in name)
        {
            if (next is (byte)'~' or (byte)'/')
            {
                _pointer[length++] = (byte)'~';
                _pointer[length++] = next == '~' ? (byte)'0' : (byte)'1';
            }
            else
            {
                _pointer[length++] = next;
            }
        }

        return length;
    }

    private void MakeRoom(int length)
    {
        if (length > _pointer.Length)
        {
            Array.Resize(ref _pointer, Math.Max(length, 2 * _pointer.Length));
        }
    }

    private sealed class Place(int length, bool isArray)
    {
        public int Length => length;

        public bool IsArray => isArray;

        public int Children { get; set; }
    }
}
