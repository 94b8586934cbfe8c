using System;
using System.Buffers.Text;
using System.Text.Json;

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>One value of a payload. <c>default</c> is a value that is not there, and may be asked everything.</summary>
internal readonly ref struct EnvelopeValue
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly ReadOnlySpan<EnvelopeToken> _tokens;
    private readonly int _row;

    public EnvelopeValue(ReadOnlySpan<byte> json, ReadOnlySpan<EnvelopeToken> tokens, int row)
    {
        _json = json;
        _tokens = tokens;
        _row = row;
    }

    /// <summary>What it is; <see cref="JsonTokenType.None"/> if it is not there.</summary>
    public JsonTokenType Type => _tokens.IsEmpty ? JsonTokenType.None : _tokens[_row].Type;

    /// <summary>Whether it is there, and not <c>null</c>.</summary>
    public bool HasValue => Type is not (JsonTokenType.None or JsonTokenType.Null);

    public bool IsObject => Type == JsonTokenType.StartObject;

    public bool IsArray => Type == JsonTokenType.StartArray;

    public bool IsString => Type == JsonTokenType.String;

    public bool IsTrue => Type == JsonTokenType.True;

    /// <summary>A string that is not empty: what providers mean by "given".</summary>
    public bool IsText => Type == JsonTokenType.String && _tokens[_row].Length > 0;

    /// <summary>Whether a string has escapes, so that <see cref="Raw"/> is not its text.</summary>
    public bool IsEscaped => !_tokens.IsEmpty && _tokens[_row].IsEscaped;

    /// <summary>The bytes as they stand in the payload: of a string without the quotes, of a container with the brackets.</summary>
    public ReadOnlySpan<byte> Raw => _tokens.IsEmpty ? default : _json.Slice(_tokens[_row].Start, _tokens[_row].Length);

    /// <summary>Where <see cref="Raw"/> stands in the payload, of a value that is there.</summary>
    public int Start => _tokens[_row].Start;

    /// <summary>Whether an array or object has nothing in it, or is none.</summary>
    public bool IsEmptyContainer => _tokens.IsEmpty || _tokens[_row].Next == _row + 1;

    /// <summary>The property with a name, or a value that is not there; of repeated names the last, as the providers' own readers have it.</summary>
    public EnvelopeValue this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (!IsObject)
            {
                return default;
            }

            int end = _tokens[_row].Next;
            int row = _row + 1;
            int found = 0;
            while (row < end)
            {
                ref readonly EnvelopeToken property = ref _tokens[row];
                ReadOnlySpan<byte> written = _json.Slice(property.Start, property.Length);
                if (property.IsEscaped ? JsonStringText.Is(written, name) : written.SequenceEqual(name))
                {
                    found = row + 1;
                }

                row = _tokens[row + 1].Next;
            }

            return found == 0 ? default : new EnvelopeValue(_json, _tokens, found);
        }
    }

    /// <summary>Whether it is a string with this text, written without escapes.</summary>
    public bool Is(ReadOnlySpan<byte> text) => IsString && Raw.SequenceEqual(text);

    /// <summary>Whether it is a string, written without escapes, that begins with this text.</summary>
    public bool StartsWith(ReadOnlySpan<byte> text) => IsString && Raw.StartsWith(text);

    /// <summary>The value of a whole number; false if it is none, or beyond 64 bits.</summary>
    public bool TryGetInt64(out long value)
    {
        if (Type == JsonTokenType.Number)
        {
            ReadOnlySpan<byte> raw = Raw;
            return Utf8Parser.TryParse(raw, out value, out int read) && read == raw.Length;
        }

        value = 0;
        return false;
    }

    /// <summary>The value of a whole number; <see langword="null"/> if it is none.</summary>
    public long? AsInt64() => TryGetInt64(out long value) ? value : null;

    /// <summary>How many items an array has; 0 if it is none.</summary>
    public int CountItems()
    {
        int count = 0;
        foreach (EnvelopeValue _ in EnumerateArray())
        {
            count++;
        }

        return count;
    }

    /// <summary>The items of an array; none if it is no array.</summary>
    public ItemEnumerator EnumerateArray() => IsArray ? new(_json, _tokens, _row) : default;

    /// <summary>The properties of an object; none if it is no object.</summary>
    public PropertyEnumerator EnumerateObject() => IsObject ? new(_json, _tokens, _row) : default;

    /// <summary>The items of an array, in order.</summary>
    public ref struct ItemEnumerator
    {
        private readonly ReadOnlySpan<byte> _json;
        private readonly ReadOnlySpan<EnvelopeToken> _tokens;
        private readonly int _end;
        private int _next;

        public ItemEnumerator(ReadOnlySpan<byte> json, ReadOnlySpan<EnvelopeToken> tokens, int row)
        {
            _json = json;
            _tokens = tokens;
            _end = tokens[row].Next;
            _next = row + 1;
            Current = default;
        }

        public EnvelopeValue Current { get; private set; }

        public readonly ItemEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = new EnvelopeValue(_json, _tokens, _next);
            _next = _tokens[_next].Next;
            return true;
        }
    }

    /// <summary>The properties of an object, in order.</summary>
    public ref struct PropertyEnumerator
    {
        private readonly ReadOnlySpan<byte> _json;
        private readonly ReadOnlySpan<EnvelopeToken> _tokens;
        private readonly int _end;
        private int _next;

        public PropertyEnumerator(ReadOnlySpan<byte> json, ReadOnlySpan<EnvelopeToken> tokens, int row)
        {
            _json = json;
            _tokens = tokens;
            _end = tokens[row].Next;
            _next = row + 1;
            Name = default;
            Value = default;
        }

        /// <summary>The name as written.</summary>
        public ReadOnlySpan<byte> Name { get; private set; }

        public EnvelopeValue Value { get; private set; }

        public readonly PropertyEnumerator Current => this;

        public readonly PropertyEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Name = new EnvelopeValue(_json, _tokens, _next).Raw;
            Value = new EnvelopeValue(_json, _tokens, _next + 1);
            _next = _tokens[_next + 1].Next;
            return true;
        }
    }
}
