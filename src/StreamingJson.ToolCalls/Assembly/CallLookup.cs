using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>
/// Finds the calls of a message by index, id or key, the newest first, in a time that does not depend on how many there are: a stream that begins ten
/// thousand calls and then names the first of them in each event is read in linear time.
/// </summary>
/// <remarks>
/// <code>
///   _byIndex[(choice, index)] -> newest call -> OlderOfIndex -> older call of that index ...
///   _byId[(choice, fingerprint of the id)] -> newest call -> OlderOfId ...     (a fingerprint may be shared: ids are compared)
///   _byKey[fingerprint of the key] -> newest call -> OlderOfKey ...
/// </code>
/// </remarks>
internal sealed class CallLookup
{
    private readonly Dictionary<(int Choice, long Index), ToolCall> _byIndex = new();
    private readonly Dictionary<(int Choice, long Id), ToolCall> _byId = new();
    private readonly Dictionary<long, ToolCall> _byKey = new();
    private readonly Dictionary<int, (ToolCall Last, int Count, long HighestIndex)> _choices = new();

    /// <summary>A call begins: its choice and index are known, its id perhaps later.</summary>
    public void Add(ToolCall call)
    {
        var place = (call.Choice, call.Index);
        _byIndex.TryGetValue(place, out ToolCall? older);
        call.OlderOfIndex = older;
        _byIndex[place] = call;
        _choices[call.Choice] = (call, Count(call.Choice) + 1, HighestIndex(call.Choice));
        AddId(call);
        AddKey(call);
    }

    /// <summary>A call has its id: once.</summary>
    public void AddId(ToolCall call)
    {
        if (!call.IdUtf8.IsEmpty)
        {
            var place = (call.Choice, Fingerprint.Of(call.IdUtf8));
            _byId.TryGetValue(place, out ToolCall? older);
            call.OlderOfId = older;
            _byId[place] = call;
        }
    }

    /// <summary>A call has its key: once.</summary>
    public void AddKey(ToolCall call)
    {
        ReadOnlySpan<byte> key = call.KeyBuffer.Written;
        if (!key.IsEmpty)
        {
            long place = Fingerprint.Of(key);
            _byKey.TryGetValue(place, out ToolCall? older);
            call.OlderOfKey = older;
            _byKey[place] = call;
        }
    }

    /// <summary>The index of a call counts: those that follow are compared with the highest.</summary>
    public void NoteIndex(ToolCall call)
    {
        (ToolCall last, int count, long highest) = _choices[call.Choice];
        _choices[call.Choice] = (last, count, Math.Max(highest, call.Index));
    }

    /// <summary>The newest call with an index.</summary>
    public ToolCall? FindByIndex(int choice, long index)
    {
        _byIndex.TryGetValue((choice, index), out ToolCall? call);
        return call;
    }

    /// <summary>The newest call with an id, which is not empty.</summary>
    public ToolCall? FindById(int choice, ReadOnlySpan<byte> id)
    {
        _byId.TryGetValue((choice, Fingerprint.Of(id)), out ToolCall? call);
        while (call is not null && !call.IdUtf8.SequenceEqual(id))
        {
            call = call.OlderOfId;
        }

        return call;
    }

    /// <summary>The newest call with a key, which is not empty.</summary>
    public ToolCall? FindByKey(ReadOnlySpan<byte> key)
    {
        _byKey.TryGetValue(Fingerprint.Of(key), out ToolCall? call);
        while (call is not null && !call.KeyBuffer.Written.SequenceEqual(key))
        {
            call = call.OlderOfKey;
        }

        return call;
    }

    /// <summary>The newest call of a choice.</summary>
    public ToolCall? FindLast(int choice) => _choices.TryGetValue(choice, out (ToolCall Last, int Count, long HighestIndex) calls) ? calls.Last : null;

    /// <summary>How many calls a choice has.</summary>
    public int Count(int choice) => _choices.TryGetValue(choice, out (ToolCall Last, int Count, long HighestIndex) calls) ? calls.Count : 0;

    /// <summary>The highest index of a choice; -1 if it has none.</summary>
    public long HighestIndex(int choice) =>
        _choices.TryGetValue(choice, out (ToolCall Last, int Count, long HighestIndex) calls) ? calls.HighestIndex : MessageAssembler.NoIndex;

    public void Clear()
    {
        _byIndex.Clear();
        _byId.Clear();
        _byKey.Clear();
        _choices.Clear();
    }
}
