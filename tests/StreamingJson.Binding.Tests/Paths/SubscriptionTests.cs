using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Paths;

/// <summary>Handlers on paths: what they are told, when, and what happens when they throw, come late, or go.</summary>
public class SubscriptionTests
{
    [Fact]
    public void ThreeLines()
    {
        var log = new List<string>();
        using var parser = new StreamingJsonParser();
        parser.OnCompleted("$.path", value => log.Add($"path {value.GetString()}"));
        parser.OnTextDelta("$.content", (text, _) => log.Add($"content +{Encoding.UTF8.GetString(text)}"));
        parser.OnStarted("$.edits", value => log.Add($"edits {value.ValueKind}"));
        parser.OnEachItem("$.edits", item => log.Add($"edit {item}"));
        foreach (string chunk in new[] { "{\"pa", "th\":\"a.cs\",\"content\":\"x\\", "n", "é\",\"edits\":[1", ",{\"a\":2}", "]}" })
        {
            parser.Append(chunk);
        }

        parser.EnsureComplete();
        Assert.Equal(["path a.cs", "content +x", "content +\n", "content +é", "edits Array", "edit 1", "edit {\"a\":2}"], log);
    }

    [Fact]
    public void WithDeltasJoined_WhatIsTold_IsWhatTheOracleSelects_HoweverItIsCut() => PropertyRunner.Check(
        PathQueries.Queries,
        Generators.Documents,
        Generators.Cuts,
        (query, text, cuts) =>
        {
            using JsonDocument whole = JsonDocument.Parse(text.Bytes);
            var started = new List<string>();
            var completed = new List<string>();
            var texts = new Dictionary<string, string>();
            using var parser = new StreamingJsonParser();
            parser.OnStarted(query.ToString(), value => started.Add(value.GetPointer()));
            parser.OnTextDelta(query.ToString(), (delta, value) =>
                texts[value.GetPointer()] = texts.GetValueOrDefault(value.GetPointer(), "") + Encoding.UTF8.GetString(delta));
            parser.OnCompleted(query.ToString(), value => completed.Add(value.GetPointer()));
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
            }

            parser.EnsureComplete();
            IReadOnlyList<string> selected = query.Select(whole.RootElement);
            Assert.Equal(selected, started);
            Assert.Equal(selected.Order(StringComparer.Ordinal), completed.Order(StringComparer.Ordinal));
            foreach (string pointer in selected)
            {
                Assert.True(parser.Snapshot.TryGetElement(pointer, out PartialJsonElement value));
                Assert.Equal(value.ValueKind == JsonValueKind.String ? value.GetString() : "", texts.GetValueOrDefault(pointer, ""));
            }
        });

    [Fact]
    public void OneThatComesLate_IsToldOnce_OfAllThatHasCome() => PropertyRunner.Check(
        PathQueries.Queries,
        Generators.Documents,
        Generators.Cuts,
        (query, text, cuts) =>
        {
            var early = new List<string>();
            using var parser = new StreamingJsonParser();
            parser.OnCompleted(query.ToString(), value => early.Add(value.GetPointer()));
            var late = new List<List<string>>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                var log = new List<string>();
                late.Add(log);
                parser.OnCompleted(query.ToString(), value => log.Add(value.GetPointer()));
            }

            parser.EnsureComplete();
            Assert.All(late, log => Assert.Equal(early, log));
        },
        maxTest: 100);

    [Fact]
    public void WhatAHandlerThrows_ComesOutOfAppend_AndNothingIsToldTwice()
    {
        var log = new List<string>();
        using var parser = new StreamingJsonParser();
        parser.OnCompleted("$[*]", value => log.Add($"first {value}"));
        parser.OnCompleted("$[*]", value => throw new InvalidTimeZoneException(value.ToString()));
        parser.OnCompleted("$[*]", value => log.Add($"third {value}"));
        Assert.Equal("1", Assert.Throws<InvalidTimeZoneException>(() => parser.Append("[1,2,3"u8)).Message);
        Assert.Equal(6, parser.Snapshot.ByteCount); // the operation is done
        Assert.Equal(["first 1"], log);
        Assert.Equal("2", Assert.Throws<InvalidTimeZoneException>(() => parser.Append(ReadOnlySpan<byte>.Empty)).Message);
        Assert.Equal(["first 1", "third 1", "first 2"], log);
        Assert.Equal("3", Assert.Throws<InvalidTimeZoneException>(() => parser.Append("]"u8)).Message);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(["first 1", "third 1", "first 2", "third 2", "first 3", "third 3"], log);
        parser.Reset();
        parser.Append("[4]"u8);
        Assert.Equal(6, log.Count); // a reset ends the handlers
    }

    [Fact]
    public void AHandlerMay_Append_Subscribe_AndEnd()
    {
        var log = new List<string>();
        using var parser = new StreamingJsonParser();
        PathSubscription once = null!;
        once = parser.OnCompleted("$[*]", value =>
        {
            log.Add($"once {value}");
            once.Dispose();
            parser.OnCompleted("$[*]", late => log.Add($"late {late}"));
            parser.Append("5,6]"u8);
        });
        parser.Append("[1,2,"u8);
        parser.EnsureComplete();
        Assert.Equal(["once 1", "late 1", "late 2", "late 5", "late 6"], log);
        Assert.True(once.IsEnded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AHandlerMay_ResetOrDispose(bool dispose)
    {
        using var parser = new StreamingJsonParser();
        int told = 0;
        PathSubscription subscription = parser.OnCompleted("$[*]", _ =>
        {
            told++;
            (dispose ? parser.Dispose : (Action)parser.Reset)();
        });
        parser.Append("[1,2,3]"u8);
        Assert.Equal(1, told);
        Assert.True(subscription.IsEnded);
    }

    [Fact]
    public void AStruct_IsToldTheSame_AndMayBeAttachedAgain()
    {
        using var parser = new StreamingJsonParser();
        using PathWatcher<Recorder> watcher = parser.Watch(new Recorder([]), [PathPattern.Parse("$.a"), PathPattern.Parse("$..b")]);
        for (int round = 0; round < 2; round++)
        {
            watcher.Handler.Lines.Clear();
            foreach (string chunk in new[] { "{\"a\":{\"b\":\"x", "y\"},\"b\":", "1}" })
            {
                parser.Append(chunk);
            }

            Assert.Equal(["0 started", "1 started", "1 +x", "1 +y", "1 completed", "0 completed", "1 started", "1 completed"], watcher.Handler.Lines);
            parser.Reset();
            watcher.Attach(parser);
        }

        watcher.Dispose();
        parser.Append("{\"a\":1}"u8);
        Assert.Equal(8, watcher.Handler.Lines.Count);
    }

    [Fact]
    public void NothingIsAllocated_ForADelta()
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"a\":[" + string.Join(',', Enumerable.Repeat("{\"b\":\"some \\n text\",\"c\":[1,2]}", 40)) + "]}");
        using var parser = new StreamingJsonParser();
        using PathWatcher<Counter> watcher = parser.Watch(default(Counter), [PathPattern.Parse("$.a[*].b"), PathPattern.Parse("$..c[0]"), PathPattern.Parse("$.a[:]")]);
        int told = 0;
        long least = AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            watcher.Attach(parser);
            parser.OnTextDelta("$.a[*].b", (_, _) => told++);
            parser.OnEachItem("$.a", _ => told++);
            parser.Append(ReadOnlySpan<byte>.Empty);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int at = 0; at < text.Length; at += 4)
            {
                parser.Append(text.AsSpan(at, Math.Min(4, text.Length - at)));
            }

            Allocated = Math.Min(Allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        Assert.True(least > 0); // the patterns are compiled in there
        Assert.Equal(0, Allocated);
        Assert.True(told > 100 && watcher.Handler.Told > 100);
    }

    [Fact]
    public void WrongArguments()
    {
        using var parser = new StreamingJsonParser();
        Assert.Equal(2, Assert.Throws<PathPatternException>(() => parser.OnCompleted("$[-1]", _ => { })).Position);
        Assert.Throws<ArgumentNullException>(() => parser.OnCompleted("$", null!));
        Assert.Throws<ArgumentNullException>(() => parser.OnTextDelta((string)null!, (_, _) => { }));
        Assert.Throws<ArgumentNullException>(() => ((StreamingJsonParser)null!).OnStarted("$", _ => { }));
        Assert.Throws<ArgumentNullException>(() => new PathWatcher<Counter>(default, [null!]));
        Assert.Throws<ArgumentNullException>(() => new PathWatcher<Counter>(default, []).Attach(null!));
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parser.OnEachItem("$", _ => { }));
    }

    private static long Allocated { get; set; } = long.MaxValue;

    private readonly struct Recorder(List<string> lines) : IPathHandler
    {
        public List<string> Lines { get; } = lines;

        public void OnStarted(int pattern, PartialJsonElement value) => Lines.Add($"{pattern} started");

        public void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text) =>
            Lines.Add($"{pattern} +{Encoding.UTF8.GetString(utf8Text)}");

        public void OnCompleted(int pattern, PartialJsonElement value) => Lines.Add($"{pattern} completed");
    }

    private struct Counter : IPathHandler
    {
        public int Told;

        public void OnStarted(int pattern, PartialJsonElement value) => Told++;

        public void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text) => Told++;

        public void OnCompleted(int pattern, PartialJsonElement value) => Told++;
    }
}
