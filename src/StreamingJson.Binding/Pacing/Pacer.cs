using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Pacing;

/// <summary>The loop of all that is paced.</summary>
internal static class Pacer
{
    /// <summary>The states that a pace lets through, and the last one.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        IAsyncEnumerable<T> source, Pace pace, Func<T, JsonSnapshot>? snapshotOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var meter = new PaceMeter(pace);
        var paced = new PacedSource<T>(source, pace, cancellationToken);
        await using var _ = paced.ConfigureAwait(false);
        var reading = new Reading<T>(paced, meter, snapshotOf);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading.TakeWhatIsThere(pace.TimeProvider.GetTimestamp());
            TimeSpan wait = reading.HasState ? meter.UntilDue() : Timeout.InfiniteTimeSpan;
            if (reading.HasState && (reading.IsUrgent || wait == TimeSpan.Zero))
            {
                meter.Deliver();
                yield return reading.GiveState();
            }
            else if (reading.IsEnded)
            {
                reading.Fault?.Throw();
                yield break;
            }
            else
            {
                await paced.WaitAsync(wait).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The newest state that was not delivered, and how the source ended.</summary>
    private sealed class Reading<T>(PacedSource<T> paced, PaceMeter meter, Func<T, JsonSnapshot>? snapshotOf)
    {
        private T _state = default!;

        public bool HasState { get; private set; }

        /// <summary>Whether the state is to be delivered whatever the time is.</summary>
        public bool IsUrgent { get; private set; }

        public bool IsEnded { get; private set; }

        public ExceptionDispatchInfo? Fault { get; private set; }

        /// <summary>Takes states as long as there is one at once and none has to be delivered; the newest takes the place of the others.</summary>
        [SuppressMessage("Design", "CA1031", Justification = "It comes out after the last state was delivered.")]
        public void TakeWhatIsThere(long start)
        {
            try
            {
                while (!IsEnded && !IsUrgent && paced.IsReady())
                {
                    if (!paced.EndRead())
                    {
                        IsEnded = IsUrgent = true;
                        return;
                    }

                    _state = paced.Current;
                    HasState = true;
                    IsUrgent = (snapshotOf is not null && meter.Take(snapshotOf(_state))) || meter.HasCollectedLong(start);
                }
            }
            catch (Exception exception)
            {
                Fault = ExceptionDispatchInfo.Capture(exception);
                IsEnded = IsUrgent = true;
            }
        }

        public T GiveState()
        {
            T state = _state;
            _state = default!;
            HasState = false;
            IsUrgent = IsEnded;
            return state;
        }
    }
}
