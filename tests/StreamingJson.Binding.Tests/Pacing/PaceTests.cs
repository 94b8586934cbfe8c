using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Binding.Tests;

/// <summary>The operator over any states, with a clock that is moved by hand.</summary>
public class PaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();
    private readonly ManualSource<int> _source = new();

    private Pace EveryInterval => Pace.Every(Interval) with { TimeProvider = _time };

    [Fact]
    public async Task TheFirstComesAtOnce_TheNextAfterTheInterval_ByATimer()
    {
        await using IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator();
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        _source.Give(2);
        Task<int> next = NextAsync(states);
        await _time.ArmedAsync(); // 2 is there and held back
        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1)); // no more input comes
        Assert.Equal(2, await next);
        _time.Advance(2 * Interval);
        _source.Give(3); // after a pause: at once
        Assert.Equal(3, await NextAsync(states));
        Assert.Equal(1, _time.LiveTimers);
    }

    [Fact]
    public async Task TheNewest_TakesThePlaceOfWhatIsHeldBack()
    {
        await using IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator();
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        Task<int> next = NextAsync(states);
        foreach (int state in new[] { 2, 3, 4 })
        {
            _source.Give(state);
            await _time.ArmedAsync();
            Assert.False(next.IsCompleted);
        }

        _time.Advance(Interval);
        Assert.Equal(4, await next);
    }

    [Fact]
    public async Task WhatIsThereAtOnce_CountsAsOne()
    {
        await using IAsyncEnumerator<int> states = _source.AtPace(new Pace { TimeProvider = _time }).GetAsyncEnumerator();
        _source.Give(1, 2, 3);
        Assert.Equal(3, await NextAsync(states));
        _source.Give(4, 5);
        Assert.Equal(5, await NextAsync(states));
    }

    [Fact]
    public async Task ASourceThatAlwaysHasMore_IsCollectedForAnIntervalAtMost()
    {
        var seen = new List<int>();
        await foreach (int state in Endless().AtPace(EveryInterval))
        {
            seen.Add(state);
            if (seen.Count == 3)
            {
                break;
            }
        }

        // Ten milliseconds each.
        Assert.Equal([5, 10, 15], seen);

        async IAsyncEnumerable<int> Endless()
        {
            for (int state = 1; ; state++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(10));
                yield return state;
                await Task.CompletedTask;
            }
        }
    }

    [Fact]
    public async Task AtTheEnd_TheLastIsDelivered_WithoutWaiting()
    {
        await using IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator();
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        Task<int> next = NextAsync(states);
        _source.Give(2);
        await _time.ArmedAsync();
        _source.End();
        Assert.Equal(2, await next);
        Assert.False(await states.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task AFault_ComesOutAfterTheLastState()
    {
        IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator();
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        _source.Give(2);
        _source.End(new IOException("gone"));
        Assert.Equal(2, await NextAsync(states));
        Assert.Equal("gone", (await Assert.ThrowsAsync<IOException>(() => NextAsync(states))).Message);
        await states.DisposeAsync();
        AssertNothingLeaks();
    }

    [Fact]
    public async Task ACancellation_ComesOutAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator(cancellation.Token);
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        Task<int> next = NextAsync(states);
        _source.Give(2);
        await _time.ArmedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await states.DisposeAsync();
        AssertNothingLeaks();
    }

    [Fact]
    public async Task ASourceThatDoesNotHeedTheToken_IsWaitedFor()
    {
        var source = new ManualSource<int> { HeedsToken = false };
        using var cancellation = new CancellationTokenSource();
        IAsyncEnumerator<int> states = source.AtPace(EveryInterval, cancellation.Token).GetAsyncEnumerator();
        source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        Task<int> next = NextAsync(states);
        await cancellation.CancelAsync();

        // The read that was begun is over only with this.
        Assert.False(next.IsCompleted);
        source.Give(2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(1, source.Disposals);
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public async Task Leaving_EndsTheReadThatGoesOn()
    {
        _source.Give(1);
        await foreach (int state in _source.AtPace(EveryInterval))
        {
            Assert.Equal(1, state);
            break;
        }

        AssertNothingLeaks();
    }

    [Fact]
    public async Task NothingIsReadAhead_ButOneState_WhileTheConsumerIsBusy()
    {
        await using IAsyncEnumerator<int> states = _source.AtPace(EveryInterval).GetAsyncEnumerator();
        _source.Give(1);
        Assert.Equal(1, await NextAsync(states));
        int taken = _source.Taken;
        _source.Give([.. Enumerable.Range(2, 100)]);
        _time.Advance(10 * Interval);
        Assert.InRange(_source.Taken, taken, taken + 1);
        Assert.Equal(101, await NextAsync(states));
    }

    [Fact]
    public async Task WithoutAnInterval_OnlyTheEndCounts()
    {
        Pace pace = Pace.Every(Timeout.InfiniteTimeSpan) with { TimeProvider = _time };
        _source.Give(1, 2, 3);
        _source.End();
        var seen = new List<int>();
        await foreach (int state in _source.AtPace(pace))
        {
            seen.Add(state);
        }

        Assert.Equal([3], seen);
        AssertNothingLeaks();
    }

    [Fact]
    public async Task NoStates_NothingIsDelivered()
    {
        _source.End();
        await foreach (int _ in _source.AtPace(EveryInterval))
        {
            Assert.Fail("There was none.");
        }

        AssertNothingLeaks();
    }

    [Fact]
    public void Misuse()
    {
        Assert.Contains("Interval is at least zero and at most 49 days", Assert.Throws<ArgumentOutOfRangeException>(() => Pace.Every(TimeSpan.FromTicks(-1))).Message, StringComparison.Ordinal);
        Assert.Contains("Bytes is at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Pace { Bytes = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pace.Every(TimeSpan.FromDays(50)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pace { Bytes = 0 });
        Assert.Throws<ArgumentNullException>(() => new Pace { TimeProvider = null! });
        Assert.Throws<ArgumentNullException>(() => _source.AtPace(null!));
        Assert.Throws<ArgumentNullException>(() => ((IAsyncEnumerable<int>)null!).AtPace(EveryInterval));
        Assert.Throws<ArgumentException>(() => _source.AtPace(new Pace { Bytes = 1 }));
        Assert.Throws<ArgumentException>(() => _source.AtPace(new Pace { OnCompletion = true }));
        Assert.Equal(TimeSpan.Zero, new Pace().Interval);
    }

    private static async Task<int> NextAsync(IAsyncEnumerator<int> states) =>
        await states.MoveNextAsync().AsTask().WaitAsync(Patience) ? states.Current : throw new InvalidOperationException("The end.");

    private void AssertNothingLeaks()
    {
        Assert.Equal((1, 1, 0), (_source.Enumerations, _source.Disposals, _time.LiveTimers));
    }
}
