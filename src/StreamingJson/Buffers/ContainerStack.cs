using System;

namespace StreamingJson.Buffers;

/// <summary>
/// The kinds of the open containers, one bit each: 1 is an object, 0 an array.
/// </summary>
/// <remarks>
/// The newest 64 levels live in one register-sized word, lowest bit innermost; each full word below goes to an array.
/// <code>
///   depth 70:  _deeper[0] = levels 1..64     _bits = levels 65..70, level 70 in bit 0
/// </code>
/// </remarks>
internal struct ContainerStack
{
    private const int BitsPerWord = 64;

    private ulong _bits;
    private ulong[]? _deeper;

    public int Depth { get; private set; }

    /// <summary>Whether the innermost container is an object. False at the root.</summary>
    public readonly bool InObject => (_bits & 1) != 0;

    public void Push(bool isObject)
    {
        if (Depth != 0 && Depth % BitsPerWord == 0)
        {
            Spill();
        }

        _bits = (_bits << 1) | (isObject ? 1UL : 0UL);
        Depth++;
    }

    public void Pop()
    {
        Depth--;
        _bits >>= 1;
        if (Depth != 0 && Depth % BitsPerWord == 0)
        {
            _bits = _deeper![(Depth / BitsPerWord) - 1];
        }
    }

    /// <summary>Whether the container at <paramref name="level"/> (1 is the root container) is an object.</summary>
    public readonly bool IsObject(int level)
    {
        int word = (level - 1) / BitsPerWord;
        int top = (Depth - 1) / BitsPerWord;
        int levelsInWord = word == top ? Depth - (top * BitsPerWord) : BitsPerWord;
        ulong bits = word == top ? _bits : _deeper![word];
        int levelInWord = level - (word * BitsPerWord);
        return ((bits >> (levelsInWord - levelInWord)) & 1) != 0;
    }

    public void Clear()
    {
        _bits = 0;
        Depth = 0;
    }

    private void Spill()
    {
        int word = (Depth / BitsPerWord) - 1;
        if (_deeper is null || _deeper.Length <= word)
        {
            Array.Resize(ref _deeper, Math.Max(4, (word + 1) * 2));
        }

        _deeper[word] = _bits;
        _bits = 0;
    }
}
