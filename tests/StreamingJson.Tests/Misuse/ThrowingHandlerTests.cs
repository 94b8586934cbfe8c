using System;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>A handler that throws at each event of a text, for each way to cut it in two: its exception comes out, and nothing goes on silently.</summary>
public class ThrowingHandlerTests
{
    private const string Text = "{\"a\":[1,\"é\\n\\ud83d\\ude00x\",true,{\"b\\u0041\":null}],\"c\":-1.5e3}";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Text);

    [Fact]
    public void AtEveryEvent_ForEveryCut_TheHandlersExceptionComesOut_AndTheParserStops()
    {
        for (int cut = 0; cut <= Bytes.Length; cut++)
        {
            int events = CountEvents(cut);
            for (int fatal = 0; fatal < events; fatal++)
            {
                var counter = new Counter { Fatal = fatal };
                using var parser = new JsonEventParser<ThrowingHandler>(new ThrowingHandler(counter));
                var thrown = Assert.Throws<HandlerException>(() => Feed(parser, cut));
                Assert.Same(counter.Thrown, thrown);
                Assert.Equal(fatal + 1, counter.Events);
                Assert.NotEqual(JsonOutcome.Complete, parser.Outcome);
                Assert.Throws<InvalidOperationException>(() => parser.Append("1"u8));
                Assert.Throws<InvalidOperationException>(() => parser.TryAppend(""u8));
                Assert.Throws<InvalidOperationException>(() => parser.Append("1".AsSpan()));
                Assert.Throws<InvalidOperationException>(() => parser.Append(Segments.Of(Bytes)));
                Assert.Throws<InvalidOperationException>(() => parser.Append(default(System.Buffers.ReadOnlySequence<byte>)));
                Assert.Throws<InvalidOperationException>(() => parser.Complete());
                Assert.Equal(fatal + 1, counter.Events);
                Assert.Null(parser.Error);
                _ = parser.Meters;

                counter.Fatal = int.MaxValue;
                counter.Events = 0;
                parser.Reset();
                Feed(parser, cut);
                Assert.Equal(events, counter.Events);
                Assert.Equal(JsonOutcome.Complete, parser.Outcome);
            }
        }
    }

    [Fact]
    public void AHandlerThatUsesItsOwnParser_IsRefused()
    {
        var counter = new Counter();
        using var parser = new JsonEventParser<ThrowingHandler>(new ThrowingHandler(counter));
        counter.OnEvent = () => parser.Append("1"u8);
        Assert.Throws<InvalidOperationException>(() => parser.Append("["u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1,\"a")]
    [InlineData("[1,\"a\\u00")]
    [InlineData("[1}")]
    public void AfterDispose_NothingWorks_AndNothingBreaks(string text)
    {
        var parser = new JsonEventParser<SilentHandler>(default);
        parser.TryAppend(Encoding.UTF8.GetBytes(text));
        parser.Dispose();
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parser.TryAppend(""u8));
        Assert.Throws<ObjectDisposedException>(() => parser.Append("1"u8));
        Assert.Throws<ObjectDisposedException>(() => parser.Append("1".AsSpan()));
        Assert.Throws<ObjectDisposedException>(() => parser.Append(""));
        Assert.Throws<ObjectDisposedException>(() => parser.Append(Segments.Of(Bytes)));
        Assert.Throws<ObjectDisposedException>(() => parser.Append(default(System.Buffers.ReadOnlySequence<byte>)));
        Assert.Throws<ObjectDisposedException>(() => parser.Complete());
        Assert.Throws<ObjectDisposedException>(() => parser.Reset());
        _ = (parser.Error, parser.Meters, parser.Outcome);
    }

    [Fact]
    public void AfterTheEnd_NothingIsTaken()
    {
        using var parser = new JsonEventParser<SilentHandler>(default);
        parser.Append("[1]"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        long total = parser.Handler.Total;
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(total, parser.Handler.Total);
        Assert.Throws<InvalidOperationException>(() => parser.TryAppend(""u8));
        Assert.Throws<InvalidOperationException>(() => parser.Append(" "));
        Assert.Throws<InvalidOperationException>(() => parser.Append(default(System.Buffers.ReadOnlySequence<byte>)));
    }

    [Fact]
    public void AfterAnError_TheErrorStays_AndNothingMoreIsTold() => PropertyRunner.Check(
        Generators.Mutations,
        text =>
        {
            using var parser = new JsonEventParser<SilentHandler>(default);
            if (parser.TryAppend(text.Bytes))
            {
                return;
            }

            Verdict verdict = Verdict.Of(parser);
            long total = parser.Handler.Total;
            Assert.False(parser.TryAppend(text.Bytes));
            Assert.Equal(verdict.Offset, Assert.Throws<StreamingJsonException>(() => parser.Append("[]")).ByteOffset);
            Assert.Throws<StreamingJsonException>(() => parser.Append(Segments.Of("1"u8.ToArray())));
            Assert.Equal(JsonOutcome.Invalid, parser.Complete());
            Assert.Equal(verdict, Verdict.Of(parser));
            Assert.Equal(total, parser.Handler.Total);
        });

    private static int CountEvents(int cut)
    {
        var counter = new Counter();
        using var parser = new JsonEventParser<ThrowingHandler>(new ThrowingHandler(counter));
        Feed(parser, cut);
        Assert.True(counter.Events > 15);
        return counter.Events;
    }

    private static void Feed(JsonEventParser<ThrowingHandler> parser, int cut)
    {
        parser.Append(Bytes.AsSpan(0, cut));
        parser.Append(Bytes.AsSpan(cut));
        parser.Complete();
    }

    private sealed class HandlerException : Exception;

    private sealed class Counter
    {
        public int Events { get; set; }

        public int Fatal { get; set; } = int.MaxValue;

        public Exception? Thrown { get; private set; }

        public Action? OnEvent { get; set; }

        public void Count()
        {
            OnEvent?.Invoke();
            if (Events++ == Fatal)
            {
                throw Thrown = new HandlerException();
            }
        }
    }

    private readonly struct ThrowingHandler(Counter counter) : IJsonEventHandler
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
