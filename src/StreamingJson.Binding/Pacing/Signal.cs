using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace StreamingJson.Binding.Pacing;

/// <summary>
/// Wakes one waiter. Set by any thread, any number of times; a wait takes the signal back. Nothing is allocated.
/// </summary>
/// <remarks>
/// <code>
///   Idle --Set--> IsSet --Wait--> Idle       the wait is over before it begins
///   Idle --Wait--> Waiting --Set--> Idle     the waiter goes on, on the thread pool
/// </code>
/// </remarks>
internal sealed class Signal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int IsSet = 2;

    // Whoever sets it (a timer, an append, a cancellation) does not run what waits.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public Signal() => SetAction = Set;

    /// <summary><see cref="Set"/>, as one and the same delegate.</summary>
    public Action SetAction { get; }

    public void Set()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case IsSet:
                case Idle when Interlocked.CompareExchange(ref _state, IsSet, Idle) == Idle:
                    return;
                case Waiting when Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting:
                    _core.SetResult(true);
                    return;
            }
        }
    }

    /// <summary>Waits for the next signal, or takes that which was given. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == IsSet)
        {
            Volatile.Write(ref _state, Idle);
            return default;
        }

        return new ValueTask(this, _core.Version);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
