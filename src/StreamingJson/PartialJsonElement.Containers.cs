using System;
using System.Runtime.CompilerServices;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <content>Objects and arrays.</content>
public readonly partial struct PartialJsonElement
{
    /// <summary>The item of an array at a 0-based index. O(index).</summary>
    /// <exception cref="InvalidOperationException">The value is not an array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item so far.</exception>
    public PartialJsonElement this[int index]
    {
        get
        {
            EnsureKind(TapeKind.Array);
            int item = index < 0 ? TapeView.NotFound : View.FindItem(_row, index);
            return item != TapeView.NotFound ? new(View, item) : throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <summary>How many items an array has so far. O(1) when it is complete, O(items) before.</summary>
    /// <exception cref="InvalidOperationException">The value is not an array.</exception>
    public int GetArrayLength()
    {
        EnsureKind(TapeKind.Array);
        return View.CountChildren(_row);
    }

    /// <summary>How many properties an object has so far. O(1) when it is complete, O(properties) before.</summary>
    /// <exception cref="InvalidOperationException">The value is not an object.</exception>
    public int GetPropertyCount()
    {
        EnsureKind(TapeKind.Object);
        return View.CountChildren(_row);
    }

    /// <summary>
    /// The value of a property, if its value has begun; the last one of the name. False too while nothing of a value is known at all.
    /// O(properties). The name is compared unescaped.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value is not an object.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetProperty(ReadOnlySpan<byte> utf8Name, out PartialJsonElement value)
    {
        if (_document is null)
        {
            value = default;
            return false;
        }

        int row = View.FindProperty(_row, utf8Name);
        if (row == TapeView.NotFound)
        {
            value = default;
            return false;
        }

        value = new PartialJsonElement(View, row);
        return true;
    }

    /// <inheritdoc cref="TryGetProperty(ReadOnlySpan{byte}, out PartialJsonElement)"/>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool TryGetProperty(string name, out PartialJsonElement value) => TryGetProperty(Utf8Name(name), out value);

    /// <summary>As <see cref="TryGetProperty(string, out PartialJsonElement)"/>, for a property that must be there.</summary>
    /// <exception cref="System.Collections.Generic.KeyNotFoundException">There is no such property so far.</exception>
    /// <exception cref="InvalidOperationException">The value is not an object, or nothing of a value is known.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public PartialJsonElement GetProperty(string name) => GetProperty(Utf8Name(name));

    /// <inheritdoc cref="GetProperty(string)"/>
    public PartialJsonElement GetProperty(ReadOnlySpan<byte> utf8Name)
    {
        if (!TryGetProperty(utf8Name, out PartialJsonElement value))
        {
            EnsureKind(TapeKind.Object);
            throw new System.Collections.Generic.KeyNotFoundException("The object has no property of this name so far.");
        }

        return value;
    }

    /// <summary>The value that an RFC 6901 pointer leads to from here; false if there is none so far.</summary>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="pointer"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public bool TryGetElement(string pointer, out PartialJsonElement element)
    {
        if (pointer is null)
        {
            throw new ArgumentNullException(nameof(pointer));
        }

        if (pointer.Length > 0 && pointer[0] != JsonPointerText.Separator)
        {
            throw JsonPointerText.NotAPointer(pointer);
        }

        int start = TapeView.NotFound;
        if (View.RowCount != 0)
        {
            _ = View.Rows; // Also the pointer of the value itself is not followed in a document that is gone.
            start = _row;
        }

        int row = View.Find(start, pointer.AsSpan());
        element = row == TapeView.NotFound ? default : new PartialJsonElement(View, row);
        return row != TapeView.NotFound;
    }

    /// <summary>The items of an array so far, in order. Nothing is allocated.</summary>
    /// <exception cref="InvalidOperationException">The value is not an array.</exception>
    public ArrayEnumerator EnumerateArray()
    {
        EnsureKind(TapeKind.Array);
        return new ArrayEnumerator(View, _row + 1, View.ChildrenEnd(Row));
    }

    /// <summary>The properties of an object so far, in order, repeated names included. Nothing is allocated.</summary>
    /// <exception cref="InvalidOperationException">The value is not an object.</exception>
    public ObjectEnumerator EnumerateObject()
    {
        EnsureKind(TapeKind.Object);
        return new ObjectEnumerator(View, _row + 1, View.ChildrenEnd(Row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsureKind(TapeKind kind)
    {
        if (_document is null)
        {
            ThrowNothingRead();
        }

        if (View.Rows[_row].Kind != kind)
        {
            TapeKinds.ThrowIsNot(kind);
        }
    }

    private static ReadOnlySpan<byte> Utf8Name(string name) =>
        Utf8Text.GetBytes((name ?? throw new ArgumentNullException(nameof(name))).AsSpan());

    /// <summary>The items of an array, or the root values of a text. Its own enumerator, for <c>foreach</c>.</summary>
    public struct ArrayEnumerator
    {
        private readonly TapeView _view;
        private readonly int _first;
        private readonly int _end;
        private int _current;
        private int _next;

        internal ArrayEnumerator(TapeView view, int first, int end)
        {
            _view = view;
            _first = first;
            _next = first;
            _end = end;
            _current = TapeView.NotFound;
        }

        /// <summary>The item; the default value before the first <see cref="MoveNext"/>.</summary>
        public readonly PartialJsonElement Current => _current < _first ? default : new(_view, _current);

        /// <summary>A copy that starts from the beginning.</summary>
        public readonly ArrayEnumerator GetEnumerator() => new(_view, _first, _end);

        /// <summary>Goes to the next item; false if there is none in this snapshot.</summary>
        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            _current = _next;
            _next = _view.Next(_view.Rows[_current], _current);
            return true;
        }
    }

    /// <summary>The properties of an object. Its own enumerator, for <c>foreach</c>.</summary>
    public struct ObjectEnumerator
    {
        private readonly TapeView _view;
        private readonly int _first;
        private readonly int _end;
        private int _current;
        private int _next;

        internal ObjectEnumerator(TapeView view, int first, int end)
        {
            _view = view;
            _first = first;
            _next = first;
            _end = end;
            _current = TapeView.NotFound;
        }

        /// <summary>The property; the default value before the first <see cref="MoveNext"/>.</summary>
        public readonly PartialJsonProperty Current => _current < _first ? default : new(_view, _current);

        /// <summary>A copy that starts from the beginning.</summary>
        public readonly ObjectEnumerator GetEnumerator() => new(_view, _first, _end);

        /// <summary>Goes to the next property; false if there is none in this snapshot.</summary>
        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            _current = _next;
            _next = _view.Next(_view.Rows[_current + 1], _current + 1);
            return true;
        }
    }
}
