using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding.Paths;
using StreamingJson.Buffers;

namespace StreamingJson.Binding.Awaits;

/// <summary>Keeps of a text the bytes of the items that are not taken yet, and of the one that is being read.</summary>
internal sealed class ItemReader<T>(PathPattern path, JsonTypeInfo<T> type, StreamingJsonOptions? options) : IDisposable
{
    private readonly PathPattern _path = path;
    private readonly JsonEventParser<ValueSpans<Spans>> _parser = new(new ValueSpans<Spans>([path.ToItems()], new Spans([])), options);
    private StreamingJsonParser? _lenient;
    private Arena<byte> _kept = new(ArrayPool<byte>.Shared);
    private long _keptFrom;
    private int _taken;

    private ref Spans Found => ref _parser.Handler.Sink;

    /// <summary>Takes more of the text. What came before and belongs to no item that is due is dropped.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Drop();
        _kept.Append(bytes);
        _parser.TryAppend(bytes);
    }

    /// <summary>Takes the next item that is whole.</summary>
    /// <exception cref="JsonAwaitException">It does not fit the type.</exception>
    public bool TryTake(out T? item)
    {
        item = default;
        if (_taken == Found.Whole.Count)
        {
            return false;
        }

        (long start, long end) = Found.Whole[_taken++];
        ReadOnlySpan<byte> bytes = _kept.Written.Slice((int)(start - _keptFrom), (int)(end - start));
        try
        {
            item = _parser.Leniencies == JsonLeniencies.None ? JsonSerializer.Deserialize(bytes, type) : DeserializeLeniently(bytes);
        }
#pragma warning disable CA1031 // Whatever a converter throws, it is told where.
        catch (Exception misfit)
#pragma warning restore CA1031
        {
            throw new JsonAwaitException(JsonAwaitFailure.Mismatch, _path, start, misfit);
        }

        return true;
    }

    public void ThrowIfInvalid()
    {
        if (_parser.Outcome == JsonOutcome.Invalid)
        {
            throw _parser.Error!;
        }
    }

    /// <summary>The text has ended.</summary>
    /// <exception cref="StreamingJsonException">It is not whole.</exception>
    /// <exception cref="JsonAwaitException">There was no array at a path that leads to one place.</exception>
    public void End()
    {
        _parser.EnsureComplete();
        if (!Found.HasArray && _path.IsSingular)
        {
            throw new JsonAwaitException(JsonAwaitFailure.NotPresent, _path, _parser.Meters.BytesReceived);
        }
    }

    public void Dispose()
    {
        _parser.Dispose();
        _lenient?.Dispose();
        _kept.Release(clear: true);
    }

    // The serializer does not take all that the options let in; a parser closes it.
    private T? DeserializeLeniently(ReadOnlySpan<byte> bytes)
    {
        _lenient ??= new StreamingJsonParser(_parser.Options);
        _lenient.Reset();
        _lenient.Append(bytes);
        _lenient.EnsureComplete();
        return _lenient.Snapshot.Deserialize(type);
    }

    // Of numbers it is known only at their end where they began, so what is due is kept.
    private void Drop()
    {
        Found.Whole.Clear();
        _taken = 0;
        long needed = Math.Min(Found.NeededFrom, _keptFrom + _kept.Count);
        int count = (int)Math.Max(0, needed - _keptFrom);
        _kept.Written.Slice(count).CopyTo(_kept.Items);
        _kept.Count -= count;
        _keptFrom += count;
    }

    private struct Spans(List<(long Start, long End)> whole) : IValueSpanSink
    {
        /// <summary>The items of the last append, by offsets in the text.</summary>
        public List<(long Start, long End)> Whole { get; } = whole;

        /// <summary>Where the bytes begin that may belong to the next item.</summary>
        public long NeededFrom { get; private set; }

        /// <summary>Whether any array was there to have items, and be it an empty one.</summary>
        public bool HasArray { get; private set; }

        public void OnDue(bool isSelected, long from)
        {
            HasArray |= isSelected;
            NeededFrom = isSelected ? from : long.MaxValue;
        }

        public void OnStart(JsonValueKind kind, long start) => NeededFrom = start;

        public readonly void OnEnd(long start, long end) => Whole.Add((start, end));
    }
}
