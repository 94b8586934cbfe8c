using System;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Pools that run out at the n-th rent: no wrong value is called complete, everything goes back, and a Reset heals.</summary>
internal sealed class JsonPoolFaultsTarget() : FuzzTarget("json-pool-faults", "pools that run out: no wrong value is complete, all is returned, a Reset heals (n-th rent: the flags)")
{
    public override void Run(FuzzInput input)
    {
        using var expected = new StreamingJsonParser();
        expected.TryAppend(input.Document);
        expected.Complete();

        var pools = new CountingPools();
        var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
        pools.FailRent(1 + (input.Flags & 0x1F));
        Feed(parser, input);
        if (parser.Outcome == JsonOutcome.Complete)
        {
            Assert.Equal((expected.Outcome, expected.Snapshot.ToString()), (parser.Outcome, parser.Snapshot.ToString()));
        }

        parser.Reset();
        pools.FailRent(int.MaxValue / 2);
        Feed(parser, input);
        Assert.Equal((Verdict.Of(expected), expected.Snapshot.ToString()), (Verdict.Of(parser), parser.Snapshot.ToString()));
        parser.Dispose();
        parser.Dispose();
        pools.AssertBalanced(parser.Meters.ArenaGrowths + pools.Failures);
    }

    private static void Feed(StreamingJsonParser parser, FuzzInput input)
    {
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            Guarded(() => parser.TryAppend(chunk.Span));
        }

        Guarded(() => parser.Complete());
    }

    // The pool's own exception, and the parser's word that it cannot go on after it.
    private static void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or InvalidOperationException)
        {
        }
    }
}
