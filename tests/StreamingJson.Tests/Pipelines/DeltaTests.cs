using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Surface;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary>Text that comes as the strings of an SDK.</summary>
public class DeltaTests
{
    private const string Text = "{\"a\\n\":[1,\"x😀é\",true,null],\"\":{}}";

    private bool _isDisposed;
    private int _asked;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task ASnapshotForEach_AndOneForTheEnd(int size)
    {
        string[] deltas = Cut(Text, size);
        using var appended = new StreamingJsonParser();
        var expected = new List<string>();
        foreach (string delta in deltas)
        {
            appended.Append(delta);
            expected.Add($"{appended.Snapshot} {appended.Outcome}");
        }

        appended.EnsureComplete();
        expected.Add($"{appended.Snapshot} {appended.Outcome}");

        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(Source(deltas)))
        {
            seen.Add($"{snapshot} {snapshot.Outcome}");
        }

        Assert.Equal(expected, seen);
        Assert.True(_isDisposed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task EveryEvent_ThoseOfTheEndIncluded(int size)
    {
        using var appended = new StreamingJsonParser();
        var expected = new List<string>();
        foreach (string delta in Cut(Text, size))
        {
            appended.Append(delta);
            Describe(appended.Events, expected);
        }

        appended.EnsureComplete();
        Describe(appended.Events, expected);

        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await foreach (JsonEvent change in parser.ReadEventsAsync(Source(Cut(Text, size))))
        {
            seen.Add($"{change.Kind} {change.GetPointer()}");
        }

        Assert.Equal(expected, seen);
        Assert.Equal("DocumentCompleted ", seen[^1]);
    }

    [Fact]
    public async Task ToTheEnd_WithEitherParser()
    {
        using var parser = new StreamingJsonParser();
        Assert.Equal(JsonOutcome.Truncated, await parser.ReadToEndAsync(Source("[1,", "2")));
        Assert.Equal("[1]", parser.Snapshot.ToString());

        using var events = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        Assert.Equal(JsonOutcome.Complete, await events.ReadToEndAsync(Source("[1,", "2]")));
        Assert.Equal("document", events.Handler.Lines[^1]);
    }

    [Fact]
    public async Task AfterAnError_NoFurtherDeltaIsAskedFor()
    {
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        StreamingJsonException error = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(Source("[1,", "x", "2]")))
            {
                seen.Add(snapshot.ToString());
            }
        });
        Assert.Equal((3L, JsonErrorCode.ExpectedValue), (error.ByteOffset, error.Code));
        Assert.Equal(["[1]", "[1]"], seen);
        Assert.Equal((2, true), (_asked, _isDisposed));
    }

    [Fact]
    public async Task ATextThatIsCut_IsToldAfterTheLastSnapshot()
    {
        using var parser = new StreamingJsonParser();
        int snapshots = 0;
        StreamingJsonException error = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonSnapshot _ in parser.ReadSnapshotsAsync(Source("[1,")))
            {
                snapshots++;
            }
        });
        Assert.True(error.IsEndOfInput);
        Assert.Equal(2, snapshots);
    }

    [Fact]
    public async Task WhatTheSourceThrows_IsThrown_AndReadingMayGoOn()
    {
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAsync<TimeoutException>(() => parser.ReadToEndAsync(Source("[1,", null!)));
        Assert.Equal((JsonOutcome.Partial, "[1]"), (parser.Outcome, parser.Snapshot.ToString()));
        Assert.Equal(JsonOutcome.Complete, await parser.ReadToEndAsync(Source("2]")));
    }

    [Fact]
    public async Task TheToken_IsGivenToTheSource_HoweverItComes()
    {
        using var parser = new StreamingJsonParser();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => parser.ReadToEndAsync(Source("1"), cancelled.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await parser.ReadSnapshotsAsync(Source("1"), cancelled.Token).GetAsyncEnumerator().MoveNextAsync());
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await parser.ReadSnapshotsAsync(Source("1")).GetAsyncEnumerator(cancelled.Token).MoveNextAsync());
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await parser.ReadEventsAsync(Source("1")).GetAsyncEnumerator(cancelled.Token).MoveNextAsync());
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
    }

    [Fact]
    public async Task OfAParserThatIsThrough_NothingIsRead()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[]");
        parser.EnsureComplete();
        Assert.False(await parser.ReadSnapshotsAsync(Source("1")).GetAsyncEnumerator().MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => parser.ReadToEndAsync(Source("1")));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void Misuse_IsRefused()
    {
        using var parser = new StreamingJsonParser();
        using var events = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        IAsyncEnumerable<string> none = null!;
        Assert.Throws<ArgumentNullException>("deltas", () => { _ = parser.ReadSnapshotsAsync(none); });
        Assert.Throws<ArgumentNullException>("deltas", () => { _ = parser.ReadEventsAsync(none); });
        Assert.Throws<ArgumentNullException>("deltas", () => { _ = parser.ReadToEndAsync(none); });
        Assert.Throws<ArgumentNullException>("deltas", () => { _ = events.ReadToEndAsync(none); });
        Assert.Throws<ArgumentNullException>("parser", () => { _ = ((StreamingJsonParser)null!).ReadSnapshotsAsync(Source()); });
        Assert.Throws<ArgumentNullException>("parser", () => { _ = ((StreamingJsonParser)null!).ReadEventsAsync(Source()); });
        Assert.Throws<ArgumentNullException>("parser", () => { _ = ((StreamingJsonParser)null!).ReadToEndAsync(Source()); });
        Assert.Throws<ArgumentNullException>("parser", () => { _ = ((JsonEventParser<RecordingHandler>)null!).ReadToEndAsync(Source()); });
    }

    private static string[] Cut(string text, int size) => [.. text.Chunk(size).Select(chunk => new string(chunk))];

    private static void Describe(JsonEvents events, List<string> lines)
    {
        foreach (JsonEvent change in events)
        {
            lines.Add($"{change.Kind} {change.GetPointer()}");
        }
    }

    // A null is a source that fails there.
    private IAsyncEnumerable<string> Source(params string[] deltas) => SourceAsync(deltas);

    private async IAsyncEnumerable<string> SourceAsync(string[] deltas, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _isDisposed = false;
        try
        {
            foreach (string delta in deltas)
            {
                _asked++;
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return delta ?? throw new TimeoutException();
            }
        }
        finally
        {
            _isDisposed = true;
        }
    }
}
