using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>Numbers for the ids that a provider tells texts, or responses, apart by: from 1; 0 for what has no id.</summary>
internal sealed class KeyNumbers : IDisposable
{
    // Ids beyond that share the number 0, as if they had none: their texts are joined, as they come.
    private const int MaxKeys = 4096;

    private readonly Utf8Buffer _keys = new();
    private readonly List<(int Start, int Length, long Number)> _entries = new();
    private long _numbers;

    /// <summary>The number of an id; a new one if it has none.</summary>
    public long Get(EnvelopeValue key)
    {
        int entry = Find(key);
        return entry >= 0 ? _entries[entry].Number : Renew(key);
    }

    /// <summary>Another number for an id than it had.</summary>
    public long Renew(EnvelopeValue key)
    {
        int entry = Find(key);
        if (entry >= 0)
        {
            _entries[entry] = (_entries[entry].Start, _entries[entry].Length, ++_numbers);
            return _numbers;
        }

        if (!key.IsText || _entries.Count == MaxKeys)
        {
            return 0;
        }

        int length = Math.Min(key.Raw.Length, MaxKeys);
        _entries.Add((_keys.Length, length, ++_numbers));
        _keys.Append(key.Raw.Slice(0, length));
        return _numbers;
    }

    public void Clear()
    {
        _keys.Clear();
        _entries.Clear();
    }

    public void Dispose() => _keys.Dispose();

    private int Find(EnvelopeValue key)
    {
        if (!key.IsText)
        {
            return -1;
        }

        ReadOnlySpan<byte> text = key.Raw.Slice(0, Math.Min(key.Raw.Length, MaxKeys));
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_keys.Written.Slice(_entries[i].Start, _entries[i].Length).SequenceEqual(text))
            {
                return i;
            }
        }

        return -1;
    }
}
