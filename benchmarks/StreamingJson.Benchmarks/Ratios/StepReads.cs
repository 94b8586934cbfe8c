using System;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>The steps of <see cref="ParserReads.Snapshots"/>, each with those before it: what one adds is its cost.</summary>
internal sealed class StepReads
{
    private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);

    public long Appends(ReadOnlySpan<byte> document, ChunkSize size)
    {
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
        }

        _parser.EnsureComplete();
        return _parser.Meters.Rows;
    }

    /// <summary>The snapshot and the kind of its root too.</summary>
    public long Roots(ReadOnlySpan<byte> document, ChunkSize size)
    {
        long seen = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            seen += (int)_parser.Snapshot.RootElement.ValueKind;
        }

        _parser.EnsureComplete();
        return seen;
    }

    /// <summary>The look-up of the field too, but not its text.</summary>
    public long LookUps(ReadOnlySpan<byte> document, ChunkSize size, ReadOnlySpan<byte> field)
    {
        long seen = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            PartialJsonElement root = _parser.Snapshot.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(field, out _))
            {
                seen++;
            }
        }

        _parser.EnsureComplete();
        return seen;
    }
}
