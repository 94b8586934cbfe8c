using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// A pipe reader that plays a script and watches its user: one AdvanceTo a read, everything consumed, nothing after completion. A buffer is
/// poisoned as soon as it was advanced over.
/// </summary>
internal sealed class ScriptedPipeReader(IEnumerable<PipeStep> steps) : PipeReader
{
    private readonly Queue<PipeStep> _steps = new(steps);
    private byte[][] _lent = [];
    private SequencePosition _end;
    private bool _isReading;

    public int Completions { get; private set; }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Assert.False(_isReading, "a read before AdvanceTo");
        Assert.Equal(0, Completions);
        PipeStep step = _steps.Dequeue();
        if (step.Yields)
        {
            await Task.Yield();
        }

        if (step.Throws)
        {
            throw new IOException("scripted");
        }

        _lent = [.. step.Segments.Select(Text.Bytes)];
        ReadOnlySequence<byte> buffer = Segments.Of(_lent.Select(segment => (ReadOnlyMemory<byte>)segment));
        _end = buffer.End;
        _isReading = true;
        return new ReadResult(buffer, step.IsCanceled, step.IsCompleted);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Assert.True(_isReading, "AdvanceTo twice");
        Assert.Equal(_end, consumed);
        Assert.Equal(_end, examined);
        _isReading = false;
        foreach (byte[] segment in _lent)
        {
            Array.Fill(segment, (byte)0xDB);
        }
    }

    public override void Complete(Exception? exception = null)
    {
        Assert.False(_isReading, "completed between a read and AdvanceTo");
        Completions++;
    }

    public override void CancelPendingRead() => throw new NotSupportedException();

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();
}

internal sealed record PipeStep(params string[] Segments)
{
    public bool IsCanceled { get; init; }

    public bool IsCompleted { get; init; }

    public bool Throws { get; init; }

    public bool Yields { get; init; }
}
