using System;
using System.Linq;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>A handler that throws at the n-th event: its own exception comes out, the parser stops, and after a Reset it is as a new one.</summary>
internal sealed class JsonHandlerFaultsTarget() : FuzzTarget("json-handler-faults", "a handler that throws: its exception comes out, the parser stops, a Reset heals it (n-th event: the flags)")
{
    public override void Run(FuzzInput input)
    {
        var counter = new Counter { Fatal = input.Flags };
        using var parser = new JsonEventParser<CountingHandler>(new CountingHandler(counter));
        bool hasThrown = Feed(parser, input, counter);
        if (hasThrown)
        {
            Assert.NotEqual(JsonOutcome.Complete, parser.Outcome);
            Assert.Throws<InvalidOperationException>(() => parser.TryAppend("1"u8));
            Assert.Throws<InvalidOperationException>(() => parser.Complete());
        }

        counter.Fatal = int.MaxValue;
        parser.Reset();
        counter.Events = 0;
        Assert.False(Feed(parser, input, counter));

        var fresh = new Counter { Fatal = int.MaxValue };
        using var other = new JsonEventParser<CountingHandler>(new CountingHandler(fresh));
        Feed(other, input, fresh);
        Assert.Equal(Verdict.Of(other), Verdict.Of(parser));
        Assert.Equal(fresh.Events, counter.Events);
        Assert.Equal(hasThrown, fresh.Events > input.Flags);
    }

    private static bool Feed(JsonEventParser<CountingHandler> parser, FuzzInput input, Counter counter)
    {
        try
        {
            _ = input.Chunks().All(chunk => parser.TryAppend(chunk.Span));
            parser.Complete();
            return false;
        }
        catch (HandlerException exception)
        {
            Assert.Same(counter.Thrown, exception);
            return true;
        }
    }

#pragma warning disable CA1032, CA1064 // nobody else makes or catches it
    private sealed class HandlerException : Exception;
#pragma warning restore CA1032, CA1064

    private sealed class Counter
    {
        public int Events { get; set; }

        public int Fatal { get; set; }

        public Exception? Thrown { get; private set; }

        public void Count()
        {
            if (Events++ == Fatal)
            {
                throw Thrown = new HandlerException();
            }
        }
    }

    private readonly struct CountingHandler(Counter counter) : IJsonEventHandler
    {
        public void OnStartObject(in JsonEventContext context) => counter.Count();

        public void OnEndObject(in JsonEventContext context) => counter.Count();

        public void OnStartArray(in JsonEventContext context) => counter.Count();

        public void OnEndArray(in JsonEventContext context) => counter.Count();

        public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => counter.Count();

        public void OnStartString(in JsonEventContext context) => counter.Count();

        public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => counter.Count();

        public void OnEndString(in JsonEventContext context) => counter.Count();

        public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => counter.Count();

        public void OnBoolean(bool value, in JsonEventContext context) => counter.Count();

        public void OnNull(in JsonEventContext context) => counter.Count();

        public void OnDocumentCompleted() => counter.Count();
    }
}
