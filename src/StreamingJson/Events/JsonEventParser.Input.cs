using System;
using System.Buffers;

namespace StreamingJson;

/// <content>The ways in.</content>
public sealed partial class JsonEventParser<THandler>
{
    /// <inheritdoc cref="StreamingJsonParser.Append(ReadOnlySpan{byte})"/>
    public void Append(ReadOnlySpan<byte> utf8Json)
    {
        if (!TryAppend(utf8Json))
        {
            throw Error!;
        }
    }

    /// <inheritdoc cref="StreamingJsonParser.TryAppend(ReadOnlySpan{byte})"/>
    public bool TryAppend(ReadOnlySpan<byte> utf8Json) => TryTake(utf8Json);

    /// <inheritdoc cref="StreamingJsonParser.Append(in ReadOnlySequence{byte})"/>
    public void Append(in ReadOnlySequence<byte> utf8Json)
    {
        if (!TryAppend(utf8Json))
        {
            throw Error!;
        }
    }

    /// <inheritdoc cref="StreamingJsonParser.TryAppend(in ReadOnlySequence{byte})"/>
    public bool TryAppend(in ReadOnlySequence<byte> utf8Json)
    {
        bool isValid = TryTake([]);
        foreach (ReadOnlyMemory<byte> segment in utf8Json)
        {
            isValid = TryTake(segment.Span);
        }

        return isValid;
    }

    /// <inheritdoc cref="StreamingJsonParser.Append(ReadOnlySpan{char})"/>
    public void Append(ReadOnlySpan<char> json)
    {
        if (!TryAppend(json))
        {
            throw Error!;
        }
    }

    /// <inheritdoc cref="StreamingJsonParser.TryAppend(ReadOnlySpan{char})"/>
    public bool TryAppend(ReadOnlySpan<char> json) => _utf16.TryTranscodeTo(this, json);
}
