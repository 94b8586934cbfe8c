using System;
using System.Buffers;
using System.Collections.Generic;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>Who is told of a parser's operations, and when.</summary>
public class ObserverTests
{
    [Fact]
    public void EveryWayIn_TellsOnce_AndTheEndAlso()
    {
        using var parser = new StreamingJsonParser();
        var observer = new Recorder();
        parser.Attach(observer);
        parser.Append("[1"u8);
        parser.Append(new ReadOnlySequence<byte>(",2"u8.ToArray()));
        parser.Append(",3".AsSpan());
        parser.GetSpan()[0] = (byte)']';
        parser.Advance(1);
        parser.EnsureComplete();
        Assert.Equal(["2 Partial", "4 Partial", "6 Partial", "7 Partial", "7 Complete"], observer.Seen);
    }

    [Theory]
    [InlineData("[\"a", "\",\"b")]
    [InlineData("[1", ",\"b")]
    [InlineData("[[", "],[")]
    [InlineData("[\"a", "\",{\"b\":")]
    public void AnOperationThatEndsOneValueAndBeginsAnother_IsTold(string before, string chunk)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(before);
        var observer = new Recorder();
        parser.Attach(observer);
        parser.Append(chunk);
        Assert.Single(observer.Seen);
    }

    [Fact]
    public void AnInvalidText_IsTold_BeforeItIsThrown()
    {
        using var parser = new StreamingJsonParser();
        var observer = new Recorder();
        parser.Attach(observer);
        Assert.Throws<StreamingJsonException>(() => parser.Append("]"u8));
        Assert.Equal(["1 Invalid"], observer.Seen);
    }

    [Fact]
    public void Forgetting_DetachesAll()
    {
        var parser = new StreamingJsonParser();
        var first = new Recorder();
        parser.Attach(first);
        parser.Append("1"u8);
        parser.Reset();
        var second = new Recorder();
        parser.Attach(second);
        parser.Append("2"u8);
        parser.Dispose();
        parser.Dispose();
        Assert.Equal(["1 Partial", "forgotten"], first.Seen);
        Assert.Equal(["1 Partial", "forgotten"], second.Seen);
        Assert.Throws<ObjectDisposedException>(() => parser.Attach(first));
    }

    [Fact]
    public void ADetachedOne_IsNotTold_TheOthersAre()
    {
        using var parser = new StreamingJsonParser();
        Recorder[] observers = [new(), new(), new()];
        Array.ForEach(observers, parser.Attach);
        parser.Detach(observers[1]);
        parser.Detach(observers[1]);
        parser.Append("[]"u8);
        Assert.Equal([1, 0, 1], Array.ConvertAll(observers, observer => observer.Seen.Count));
    }

    [Fact]
    public void WhatAnObserverThrows_ComesOut_AndTheParserGoesOn()
    {
        using var parser = new StreamingJsonParser();
        var observer = new Recorder { Fault = new FormatException() };
        parser.Attach(observer);
        Assert.Throws<FormatException>(() => parser.Append("[1"u8));
        observer.Fault = null;
        parser.Append("]"u8);
        Assert.Equal(["2 Partial", "3 Partial"], observer.Seen);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
    }

    [Theory]
    [InlineData((int)OperationKinds.All, "1 2 5 6 7 8 10 14 14 15 15")]
    [InlineData((int)OperationKinds.Changes, "1 2 6 10 14 15 15")]
    [InlineData((int)OperationKinds.Ends, "1 6 10 14 15 15")]
    public void WhoWantsLess_IsNotToldOfTheRest(int wanted, string told)
    {
        using var parser = new StreamingJsonParser();
        var observer = new Recorder { WantedNext = (OperationKinds)wanted };
        parser.Attach(observer);
        foreach (string chunk in new[] { "[", "\"", "abc", "\"", ",", "1", ",t", "rue ", "", "]" })
        {
            parser.Append(chunk);
        }

        parser.Complete();
        Assert.Equal(told, string.Join(' ', observer.Seen.ConvertAll(seen => seen.Split(' ')[0])));
    }

    [Fact]
    public void AfterAFault_AndForOneThatIsNew_TheNextOperationIsTold()
    {
        using var parser = new StreamingJsonParser();
        var observer = new Recorder { WantedNext = OperationKinds.Ends };
        parser.Attach(observer);
        parser.Append("["u8);
        observer.Fault = new FormatException();
        Assert.Throws<FormatException>(() => parser.Append("1,"u8));
        observer.Fault = null;
        parser.Append(""u8);
        parser.Append(""u8);
        parser.Attach(new Recorder { WantedNext = OperationKinds.Ends });
        parser.Append(""u8);
        Assert.Equal(["1 Partial", "3 Partial", "3 Partial", "3 Partial"], observer.Seen);
    }

    private sealed class Recorder : ParserObserver
    {
        public OperationKinds WantedNext { get; init; } = OperationKinds.All;

        public override OperationKinds Wanted => WantedNext;

        public List<string> Seen { get; } = [];

        public Exception? Fault { get; set; }

        public override void OnOperation(StreamingJsonParser parser)
        {
            Seen.Add($"{parser.Meters.BytesReceived} {parser.Outcome}");
            if (Fault is { } fault)
            {
                throw fault;
            }
        }

        public override void OnForgetting(StreamingJsonParser parser) => Seen.Add("forgotten");
    }
}
