using System;
using StreamingJson.Events;

namespace StreamingJson;

/// <summary>Where in the text an event happened. Valid during the call of the handler only.</summary>
public readonly ref struct JsonEventContext
{
    private readonly EventPath _path;

    internal JsonEventContext(EventPath path, long start, long end)
    {
        _path = path;
        Start = start;
        End = end;
    }

    /// <summary>The 0-based offset, in bytes, of the first byte of the value.</summary>
    public long Start { get; }

    /// <summary>The offset after the last byte of the value, or -1 while it is not complete.</summary>
    public long End { get; }

    /// <summary>How many containers the value is in; 0 for a root value.</summary>
    public int Depth => _path.Depth;

    /// <summary>The 0-based index of the value among the items or properties of its container; 0 for a root value.</summary>
    public int Index => _path.Index;

    /// <summary>The name of the property whose value this is, as UTF-8, unescaped; empty if it is not the value of a property.</summary>
    public ReadOnlySpan<byte> PropertyNameUtf8 => _path.Name;

    /// <summary>The RFC 6901 pointer of the value: a new string each time.</summary>
    public string GetPointer() => _path.ToPointer();
}
