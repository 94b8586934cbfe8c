using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>
/// One payload of a protocol, written property by property: for adapters of SDKs that hand out typed updates and keep the bytes to themselves. What is
/// written has the shape that the provider documents for the wire; nothing is parsed again.
/// </summary>
/// <remarks>
/// Got from <see cref="ModelStreamReader.StartPayload"/> and read by <see cref="ModelStreamReader.EndPayload"/>; its arrays are kept. After warm-up
/// nothing is allocated. Belongs to the reader and is, like it, for one thread at a time.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The reader that made it releases it.")]
public sealed class ModelPayload
{
    private const int MaxDepth = 16;

    private readonly Utf8Buffer _json = new();
    private readonly int[] _open = new int[MaxDepth];
    private EnvelopeToken[] _tokens = new EnvelopeToken[32];
    private int _count;
    private int _depth;

    internal ModelPayload()
    {
    }

    /// <summary>What was written; a value that is not there unless it is whole.</summary>
    internal EnvelopeValue Root =>
        _count > 0 && _depth == 0 ? new EnvelopeValue(_json.Written, new ReadOnlySpan<EnvelopeToken>(_tokens, 0, _count), 0) : default;

    /// <summary>Begins the payload, or an object that is an item of an array.</summary>
    /// <exception cref="InvalidOperationException">No value is allowed here, or deeper than 16 containers.</exception>
    public void StartObject() => Start(JsonTokenType.StartObject, (byte)'{');

    /// <summary>Begins an object that is a property's value.</summary>
    /// <param name="name">The name: UTF-8 that needs no escape.</param>
    /// <exception cref="InvalidOperationException">No property is allowed here, or deeper than 16 containers.</exception>
    public void StartObject(ReadOnlySpan<byte> name)
    {
        WriteName(name);
        StartObject();
    }

    /// <summary>Begins an array that is a property's value.</summary>
    /// <inheritdoc cref="StartObject(ReadOnlySpan{byte})"/>
    public void StartArray(ReadOnlySpan<byte> name)
    {
        WriteName(name);
        Start(JsonTokenType.StartArray, (byte)'[');
    }

    /// <summary>Ends the innermost object.</summary>
    /// <exception cref="InvalidOperationException">The innermost container is none.</exception>
    public void EndObject() => End(JsonTokenType.StartObject, (byte)'}');

    /// <summary>Ends the innermost array.</summary>
    /// <exception cref="InvalidOperationException">The innermost container is none.</exception>
    public void EndArray() => End(JsonTokenType.StartArray, (byte)']');

    /// <summary>A property whose value is a string; nothing if the value is null.</summary>
    /// <param name="name">The name: UTF-8 that needs no escape.</param>
    /// <param name="value">The text, UTF-16. A surrogate without its partner is kept: the partner may come with the next piece.</param>
    /// <exception cref="InvalidOperationException">No property is allowed here.</exception>
    public void WriteString(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            WriteName(name);
            ref EnvelopeToken token = ref StartString();
            EndString(ref token, JsonStringText.Escape(value.AsSpan(), _json));
        }
    }

    /// <summary>A property whose value is a string.</summary>
    /// <param name="name">The name: UTF-8 that needs no escape.</param>
    /// <param name="utf8Value">The text, UTF-8.</param>
    /// <exception cref="InvalidOperationException">No property is allowed here.</exception>
    public void WriteString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8Value)
    {
        WriteName(name);
        ref EnvelopeToken token = ref StartString();
        EndString(ref token, JsonStringText.Escape(utf8Value, _json));
    }

    /// <summary>A property whose value is an integer; nothing if the value is null.</summary>
    /// <param name="name">The name: UTF-8 that needs no escape.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">No property is allowed here.</exception>
    public void WriteNumber(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            WriteName(name);
            ref EnvelopeToken token = ref Add(JsonTokenType.Number);
            System.Buffers.Text.Utf8Formatter.TryFormat(number, _json.GetSpan(20), out int written);
            _json.Advance(written);
            token.Length = written;
        }
    }

    internal void Clear()
    {
        _json.Clear();
        _count = _depth = 0;
    }

    internal void Release() => _json.Dispose();

    private void Start(JsonTokenType type, byte bracket)
    {
        bool isAllowed = _depth == 0 ? _count == 0 : IsNamed || Innermost == JsonTokenType.StartArray;
        if (!isAllowed || _depth == MaxDepth)
        {
            throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, "A payload is one object, of at most {0} containers in each other.", MaxDepth));
        }

        if (!IsNamed)
        {
            Separate();
        }

        _open[_depth++] = _count;
        Add(type);
        _json.Append(bracket);
    }

    private void End(JsonTokenType type, byte bracket)
    {
        if (_depth == 0 || Innermost != type || IsNamed)
        {
            throw new InvalidOperationException("There is no such container to end.");
        }

        _json.Append(bracket);
        ref EnvelopeToken container = ref _tokens[_open[--_depth]];
        container.Next = _count;
        container.Length = _json.Length - container.Start;
    }

    private void WriteName(ReadOnlySpan<byte> name)
    {
        if (_depth == 0 || Innermost != JsonTokenType.StartObject || IsNamed)
        {
            throw new InvalidOperationException("A property stands in an object.");
        }

        Separate();
        _json.Append((byte)'"');
        Add(JsonTokenType.PropertyName).Length = name.Length;
        _json.Append(name);
        _json.Append("\":"u8);
    }

    private JsonTokenType Innermost => _tokens[_open[_depth - 1]].Type;

    private bool IsNamed => _count > 0 && _tokens[_count - 1].Type == JsonTokenType.PropertyName;

    private void Separate()
    {
        if (_depth > 0 && _count > _open[_depth - 1] + 1)
        {
            _json.Append((byte)',');
        }
    }

    private ref EnvelopeToken StartString()
    {
        _json.Append((byte)'"');
        return ref Add(JsonTokenType.String);
    }

    private void EndString(ref EnvelopeToken token, bool isEscaped)
    {
        token.Length = _json.Length - token.Start;
        token.IsEscaped = isEscaped;
        _json.Append((byte)'"');
    }

    private ref EnvelopeToken Add(JsonTokenType type)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        ref EnvelopeToken token = ref _tokens[_count++];
        token = new EnvelopeToken { Type = type, Start = _json.Length, Next = _count };
        return ref token;
    }
}
