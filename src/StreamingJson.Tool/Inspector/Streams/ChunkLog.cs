using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>Bytes as they arrived.</summary>
/// <param name="At">When, since the start.</param>
/// <param name="Bytes">What.</param>
internal readonly record struct TimedChunk(TimeSpan At, ReadOnlyMemory<byte> Bytes);

/// <summary>How a log ended.</summary>
internal enum LogEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The source said that nothing follows.</summary>
    Completed,

    /// <summary>The source failed, or its reader went away.</summary>
    Aborted,

    /// <summary>More came than is kept; what the source sent then is not known here.</summary>
    Limit,
}

/// <summary>
/// A stream as it arrived: chunks with their times, only ever appended to. All that the page shows is a function of it, at any number of
/// chunks; so nothing else is kept of a stream, and any number of readers may follow one.
/// </summary>
/// <remarks>Thread-safe: one writer, many readers.</remarks>
internal sealed class ChunkLog
{
    /// <summary>The most that one stream may cost in memory, in bytes: 16 MiB in chunks of ordinary size, less in tiny ones.</summary>
    public const int MaxCost = 18 * 1024 * 1024;

    /// <summary>What a chunk costs in memory besides its bytes, about.</summary>
    public const int ChunkOverhead = 64;

    private readonly List<TimedChunk> _chunks = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _cost;

    /// <summary>How it ended, and when.</summary>
    public (LogEnd End, TimeSpan At, string? Reason) End
    {
        get
        {
            lock (_gate)
            {
                return field;
            }
        }

        private set;
    }

    /// <summary>The bytes of all chunks.</summary>
    public long ByteCount { get; private set; }

    /// <summary>What <see cref="LogEnd.Limit"/> means, in words.</summary>
    public string LimitReason => string.Create(CultureInfo.InvariantCulture, $"Only the first {ByteCount:N0} bytes are shown.");

    /// <summary>What it costs in memory, in bytes.</summary>
    public long Cost => Interlocked.Read(ref _cost);

    /// <summary>Takes a chunk, which is to be left alone from then on.</summary>
    /// <returns><see langword="false"/> after the end, which this may have been: where more came than is kept.</returns>
    public bool TryAppend(TimeSpan at, ReadOnlyMemory<byte> chunk)
    {
        lock (_gate)
        {
            if (End.End != LogEnd.None)
            {
                return false;
            }

            long cost = _cost + chunk.Length + ChunkOverhead;
            if (cost > MaxCost)
            {
                SetEnd(LogEnd.Limit, at, LimitReason);
                return false;
            }

            Interlocked.Exchange(ref _cost, cost);
            ByteCount += chunk.Length;
            _chunks.Add(new TimedChunk(at, chunk));
            Signal();
            return true;
        }
    }

    /// <summary>Ends it; only the first end counts.</summary>
    public void Complete(TimeSpan at, LogEnd end = LogEnd.Completed, string? reason = null)
    {
        lock (_gate)
        {
            if (End.End == LogEnd.None)
            {
                SetEnd(end, at, reason);
            }
        }
    }

    /// <summary>Gives the chunk at a position.</summary>
    /// <returns><see langword="false"/>: it did not arrive (yet).</returns>
    public bool TryGet(int position, out TimedChunk chunk)
    {
        lock (_gate)
        {
            bool isThere = position < _chunks.Count;
            chunk = isThere ? _chunks[position] : default;
            return isThere;
        }
    }

    /// <summary>Waits until there is a chunk at a position, or the log has ended.</summary>
    /// <returns>Whether the chunk is there.</returns>
    public async ValueTask<bool> WaitAsync(int position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (position < _chunks.Count || End.End != LogEnd.None)
                {
                    return position < _chunks.Count;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void SetEnd(LogEnd end, TimeSpan at, string? reason)
    {
        End = (end, at, reason);
        Signal();
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
