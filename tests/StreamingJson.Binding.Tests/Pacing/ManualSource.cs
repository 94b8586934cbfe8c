using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Tests;

/// <summary>A source that gives what it is told to, and keeps books about who reads it.</summary>
internal sealed class ManualSource<T> : IAsyncEnumerable<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public int Enumerations { get; private set; }

    public int Disposals { get; private set; }

    /// <summary>How many items were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether a cancellation of the reader's token ends a read.</summary>
    public bool HeedsToken { get; init; } = true;

    public void Give(params T[] items)
    {
        foreach (T item in items)
        {
            _items.Writer.TryWrite(item);
        }
    }

    public void End(Exception? fault = null) => _items.Writer.Complete(fault);

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Enumerations++;
        return new Enumerator(this, HeedsToken ? cancellationToken : CancellationToken.None);
    }

    private sealed class Enumerator(ManualSource<T> source, CancellationToken token) : IAsyncEnumerator<T>
    {
        private bool _isReading;

        public T Current { get; private set; } = default!;

        public async ValueTask<bool> MoveNextAsync()
        {
            if (_isReading || source.Disposals > 0)
            {
                throw new InvalidOperationException("Two reads at once, or a read after the end.");
            }

            _isReading = true;
            try
            {
                while (await source._items.Reader.WaitToReadAsync(token))
                {
                    if (source._items.Reader.TryRead(out T? item))
                    {
                        Current = item;
                        source.Taken++;
                        return true;
                    }
                }

                return false;
            }
            finally
            {
                _isReading = false;
            }
        }

        public ValueTask DisposeAsync()
        {
            if (_isReading)
            {
                throw new NotSupportedException("Disposed while a read goes on.");
            }

            source.Disposals++;
            return default;
        }
    }
}
