using System;
using System.Runtime.CompilerServices;

namespace StreamingJson.Paths;

/// <summary>
/// Where a <see cref="PathAutomaton"/> stands in a text: the state of the value that was entered last, and of the containers around it.
/// </summary>
/// <remarks>
/// It changes: it is not to be copied.
/// <code>
///   _states:  [ outermost container | ... | innermost container | value ]     each as many words as a state
///             0                             Depth - 1             Depth
/// </code>
/// </remarks>
internal struct PathStack
{
    private const int InitialDepth = 16;

    private readonly PathAutomaton _automaton;
    private readonly int _words;
    private ulong[] _states;
    private int[] _nextIndex;

    public PathStack(PathAutomaton automaton)
    {
        _automaton = automaton;
        _words = automaton.Words;
        _states = new ulong[InitialDepth * _words];
        _nextIndex = new int[InitialDepth];
    }

    /// <summary>How many containers are open around the value.</summary>
    public int Depth { get; private set; }

    /// <summary>The state of the value.</summary>
    public readonly Span<ulong> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _states.AsSpan(Depth * _words, _words);
    }

    /// <summary>The first word of the state of the value.</summary>
    public readonly ulong FirstWord
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _states[Depth * _words];
    }

    /// <summary>Whether the value has one of the bits.</summary>
    public readonly bool Any(ulong[] mask)
    {
        ulong any = 0;
        ReadOnlySpan<ulong> state = Value;
        for (int word = 0; word < state.Length; word++)
        {
            any |= state[word] & mask[word];
        }

        return any != 0;
    }

    public readonly PathReach EnterRoot() => _automaton.Start(Value);

    public readonly PathReach EnterMember(ReadOnlySpan<byte> utf8Name) => _words == 1
        ? _automaton.StepToMember(_states[Depth - 1], utf8Name, out _states[Depth])
        : _automaton.StepToMember(Container, utf8Name, Value);

    public readonly PathReach EnterItem()
    {
        int index = _nextIndex[Depth]++;
        return _words == 1
            ? _automaton.StepToItem(_states[Depth - 1], index, out _states[Depth])
            : _automaton.StepToItem(Container, index, Value);
    }

    /// <summary>The value is a container, and what is entered next is in it.</summary>
    public void Push()
    {
        Depth++;
        if (Depth == _nextIndex.Length)
        {
            Array.Resize(ref _nextIndex, Depth * 2);
            Array.Resize(ref _states, Depth * 2 * _words);
        }

        _nextIndex[Depth] = 0;
    }

    /// <summary>The innermost container ends, and is the value.</summary>
    public void Pop() => Depth--;

    public void Clear() => Depth = 0;

    private readonly ReadOnlySpan<ulong> Container => _states.AsSpan((Depth - 1) * _words, _words);
}
