using System;
using System.Text;
using StreamingJson.Buffers;
using StreamingJson.Text;

namespace StreamingJson.Events;

/// <summary>
/// The way from the root to the value that is being read: O(depth), and all that is remembered of the text without a tape.
/// </summary>
/// <remarks>
/// <code>
///   {"a":[1,{"bc":    Levels:  object "a"    array, index 1    object "bc"
///                     Names:   a bc          a level's name begins at its NameStart and ends where the next level's begins
/// </code>
/// </remarks>
internal sealed class EventPath : IDisposable
{
    private Arena<Level> _levels;
    private Arena<byte> _names;

    public EventPath(EventPools pools)
    {
        _levels = new Arena<Level>(pools.Levels);
        _names = new Arena<byte>(pools.Bytes);
    }

    public int Depth => _levels.Count;

    /// <summary>The index of the value in the innermost container.</summary>
    public int Index => Depth == 0 ? 0 : Math.Max(0, _levels.Items[Depth - 1].Children - 1);

    /// <summary>The name of the value in the innermost container.</summary>
    public ReadOnlySpan<byte> Name => Depth == 0 ? default : _names.Written.Slice(_levels.Items[Depth - 1].NameStart);

    /// <summary>The bytes of all arrays.</summary>
    public long Capacity => _names.Items.Length + ((long)_levels.Items.Length * Level.Size);

    public int Growths => _names.Growths + _levels.Growths;

    public void Push(bool isObject, long start) =>
        _levels.Append(new Level { IsObject = isObject, Start = start, NameStart = _names.Count });

    /// <summary>Leaves the innermost container, which becomes the value; returns where it began.</summary>
    public long Pop()
    {
        ref Level level = ref _levels.Items[--_levels.Count];
        _names.Count = level.NameStart;
        return level.Start;
    }

    public void StartName()
    {
        ref Level level = ref _levels.Items[Depth - 1];
        _names.Count = level.NameStart;
        level.Children++;
    }

    public void AppendName(ReadOnlySpan<byte> utf8Text) => _names.Append(utf8Text);

    public void EndName() => _levels.Items[Depth - 1].IsAtValue = true;

    /// <summary>A value begins; in an object its name has counted it already.</summary>
    public void StartValue()
    {
        if (Depth > 0)
        {
            ref Level level = ref _levels.Items[Depth - 1];
            level.Children += level.IsObject ? 0 : 1;
            level.IsAtValue = true;
        }
    }

    public void EndValue()
    {
        if (Depth > 0)
        {
            _levels.Items[Depth - 1].IsAtValue = false;
        }
    }

    /// <summary>The pointer of the value that is being read.</summary>
    public string ToPointer()
    {
        var pointer = new StringBuilder();
        for (int depth = 0; depth < Depth; depth++)
        {
            AppendToken(pointer, depth, Math.Max(0, _levels.Items[depth].Children - 1));
        }

        return pointer.ToString();
    }

    /// <summary>The pointer of the value that is being read or due, or else of the container.</summary>
    public string ToPointer(bool awaitsItem)
    {
        var pointer = new StringBuilder();
        for (int depth = 0; depth < Depth; depth++)
        {
            Level level = _levels.Items[depth];
            if (depth < Depth - 1 || level.IsAtValue)
            {
                AppendToken(pointer, depth, Math.Max(0, level.Children - 1));
            }
            else if (awaitsItem && !level.IsObject)
            {
                AppendToken(pointer, depth, level.Children);
            }
        }

        return pointer.ToString();
    }

    public void Clear()
    {
        _levels.Count = 0;
        _names.Count = 0;
    }

    public void Dispose()
    {
        _levels.Release(clear: false);
        _names.Release(clear: true);
    }

    private void AppendToken(StringBuilder pointer, int depth, int index)
    {
        Level level = _levels.Items[depth];
        if (!level.IsObject)
        {
            JsonPointerText.AppendIndex(pointer, index);
            return;
        }

        int end = depth + 1 < Depth ? _levels.Items[depth + 1].NameStart : _names.Count;
        JsonPointerText.AppendName(pointer, _names.Items.AsSpan(level.NameStart, end - level.NameStart));
    }

    internal struct Level
    {
        public const int Size = 24;

        public long Start;
        public int NameStart;
        public int Children;
        public bool IsObject;
        public bool IsAtValue;
    }
}
