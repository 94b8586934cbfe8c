using System;

namespace StreamingJson.Buffers;

/// <summary>
/// The names of the open objects, for finding repeated ones in O(1). Holds nothing of objects that are closed.
/// </summary>
/// <remarks>
/// A hash table whose chains are a stack: an object's names are the newest, and leave in the opposite order in which they came, so a
/// chain's head is always its newest name and removing it is taking the head off.
/// <code>
///   _heads[hash] -> _names[newest] -> .Older -> ... -> -1      _containers: where each open container's names begin
/// </code>
/// The hash is seeded per instance, so that colliding names cannot be prepared.
/// </remarks>
internal sealed class PropertyNameSet
{
    private const int None = -1;

    private static readonly Random Seeds = new();

    private readonly uint _seed = CreateSeed();
    private int[] _heads = NewHeads(64);
    private Name[] _names = new Name[32];
    private int _nameCount;
    private byte[] _text = new byte[512];
    private int _textLength;
    private int[] _containers = new int[16];
    private int _containerCount;

    /// <summary>A container begins.</summary>
    public void StartContainer()
    {
        if (_containerCount == _containers.Length)
        {
            Array.Resize(ref _containers, _containers.Length * 2);
        }

        _containers[_containerCount++] = _nameCount;
    }

    /// <summary>The innermost container ends: its names are forgotten, and their text is cleared.</summary>
    public void EndContainer()
    {
        int first = _containers[--_containerCount];
        int end = _textLength;
        while (_nameCount > first)
        {
            ref Name name = ref _names[--_nameCount];
            _heads[(int)(name.Hash & (uint)(_heads.Length - 1))] = name.Older;
            _textLength = name.Start;
        }

        _text.AsSpan(_textLength, end - _textLength).Clear();
    }

    /// <summary>Adds a name to the innermost container; false when it has it already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name)
    {
        uint hash = Hash(name);
        int first = _containers[_containerCount - 1];
        for (int index = _heads[(int)(hash & (uint)(_heads.Length - 1))]; index >= first; index = _names[index].Older)
        {
            ref Name known = ref _names[index];
            if (known.Hash == hash && name.SequenceEqual(_text.AsSpan(known.Start, known.Length)))
            {
                return false;
            }
        }

        Add(name, hash);
        return true;
    }

    /// <summary>Forgets everything; the arrays stay, without text.</summary>
    public void Clear()
    {
        _heads.AsSpan().Fill(None);
        _text.AsSpan(0, _textLength).Clear();
        _nameCount = 0;
        _textLength = 0;
        _containerCount = 0;
    }

    private void Add(ReadOnlySpan<byte> name, uint hash)
    {
        if (_nameCount == _names.Length)
        {
            Array.Resize(ref _names, _names.Length * 2);
            Rehash();
        }

        if (_text.Length - _textLength < name.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + name.Length));
        }

        name.CopyTo(_text.AsSpan(_textLength));
        ref int head = ref _heads[(int)(hash & (uint)(_heads.Length - 1))];
        _names[_nameCount] = new Name { Hash = hash, Start = _textLength, Length = name.Length, Older = head };
        head = _nameCount++;
        _textLength += name.Length;
    }

    // In the order in which they came, so that every chain's head is its newest name again.
    private void Rehash()
    {
        _heads = NewHeads(_heads.Length * 2);
        for (int index = 0; index < _nameCount; index++)
        {
            ref int head = ref _heads[(int)(_names[index].Hash & (uint)(_heads.Length - 1))];
            _names[index].Older = head;
            head = index;
        }
    }

    private uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = _seed;
        foreach (byte value in name)
        {
            hash = (hash ^ value) * 0x85EBCA6B;
            hash ^= hash >> 15;
        }

        return hash;
    }

    private static int[] NewHeads(int length)
    {
        var heads = new int[length];
        heads.AsSpan().Fill(None);
        return heads;
    }

    private static uint CreateSeed()
    {
        lock (Seeds)
        {
            return (uint)Seeds.Next();
        }
    }

    private struct Name
    {
        public uint Hash;
        public int Start;
        public int Length;
        public int Older;
    }
}
