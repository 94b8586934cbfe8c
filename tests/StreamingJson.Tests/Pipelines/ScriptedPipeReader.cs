using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Surface;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary>
/// A <see cref="PipeReader"/> that gives what it was told to, keeps books, and overwrites each buffer once it was advanced past.
/// </summary>
internal sealed class ScriptedPipeReader : PipeReader
{
    private const byte Poison = 0xDB;

    private readonly Queue<Func<ReadResult>> _script = new();
    private byte[][] _given = [];
    private bool _isReadOpen;

    /// <summary>Whether each read completes later, on another thread.</summary>
    public bool Yields { get; init; }

    public int Reads { get; private set; }

    public int Advances { get; private set; }

    public int Completions { get; private set; }

    public Exception? CompletedWith { get; private set; }

    /// <summary>A read that brings these segments.</summary>
    public ScriptedPipeReader Then(params string[] segments) => Then(isCanceled: false, isCompleted: false, segments);

    public ScriptedPipeReader Then(bool isCanceled, bool isCompleted, params string[] segments) =>
        Then(isCanceled, isCompleted, [.. System.Linq.Enumerable.Select(segments, Encoding.UTF8.GetBytes)]);

    /// <summary>The same with bytes, which are copied.</summary>
    public ScriptedPipeReader Then(bool isCanceled, bool isCompleted, byte[][] segments)
    {
        _script.Enqueue(() =>
        {
            _given = [.. System.Linq.Enumerable.Select(segments, segment => (byte[])segment.Clone())];
            ReadOnlySequence<byte> buffer = segments.Length == 0 ? ReadOnlySequence<byte>.Empty : Sequences.Of(_given);
            return new ReadResult(buffer, isCanceled, isCompleted);
        });
        return this;
    }

    /// <summary>A read that throws.</summary>
    public ScriptedPipeReader ThenThrow(Exception exception)
    {
        _script.Enqueue(() => throw exception);
        return this;
    }

    public ScriptedPipeReader ThenEnd() => Then(isCanceled: false, isCompleted: true);

    /// <summary>One advance for each read that brought something, each buffer taken whole; completed exactly as often as said.</summary>
    public void AssertBooks(int reads, int completions)
    {
        Assert.False(_isReadOpen, "The last read was not advanced past.");
        Assert.Equal((reads, reads, completions), (Reads, Advances, Completions));
        Assert.Null(CompletedWith);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Assert.Equal(0, Completions);
        Assert.False(_isReadOpen, "Two reads without an advance between them.");
        cancellationToken.ThrowIfCancellationRequested();
        return Yields ? ReadLaterAsync() : new ValueTask<ReadResult>(Read());
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Assert.Equal(0, Completions);
        Assert.True(_isReadOpen, "An advance without a read.");
        _isReadOpen = false;
        Advances++;
        foreach (byte[] segment in _given)
        {
            segment.AsSpan().Fill(Poison);
        }
    }

    public override void CancelPendingRead() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null)
    {
        Completions++;
        CompletedWith = exception;
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    private async ValueTask<ReadResult> ReadLaterAsync()
    {
        await Task.Yield();
        return Read();
    }

    private ReadResult Read()
    {
        ReadResult result = _script.Dequeue()();
        Reads++;
        _isReadOpen = true;
        return result;
    }
}
