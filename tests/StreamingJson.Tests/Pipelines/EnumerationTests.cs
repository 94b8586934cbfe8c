using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Surface;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary><c>ReadSnapshotsAsync</c> and <c>ReadEventsAsync</c>: what they give, what they throw, who completes the reader.</summary>
public class EnumerationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Snapshots_OnePerRead_AndOneForTheEnd(bool leaveOpen)
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,").Then("\"x").Then("\"]").ThenEnd();
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader, leaveOpen))
        {
            seen.Add($"{snapshot} {snapshot.Outcome}");
        }

        Assert.Equal(["[1] Partial", "[1,\"x\"] Partial", "[1,\"x\"] Partial", "[1,\"x\"] Complete"], seen);
        reader.AssertBooks(reads: 4, completions: leaveOpen ? 0 : 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_OfEveryRead_AndOfTheEnd(bool leaveOpen)
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("{\"a\":\"x").Then("").Then("y\",\"b\":1").Then("}").ThenEnd();
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await foreach (JsonEvent change in parser.ReadEventsAsync(reader, leaveOpen))
        {
            seen.Add(EventLines.Of(change));
        }

        Assert.Equal(
            [
                "started ", "started /a", "delta /a \"x\"",
                "delta /a \"y\"", "completed /a = \"xy\"",
                "started /b", "completed /b = 1", "completed  = {\"a\":\"xy\",\"b\":1}",
                "document completed",
            ],
            seen);
        reader.AssertBooks(reads: 5, completions: leaveOpen ? 0 : 1);
    }

    [Fact]
    public async Task InvalidText_TheLastSnapshotIsDelivered_ThenTheException()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,").Then("2, x");
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        StreamingJsonException error = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader))
            {
                seen.Add($"{snapshot} {snapshot.Outcome}");
            }
        });
        Assert.Equal(["[1] Partial", "[1,2] Invalid"], seen);
        Assert.Equal((JsonErrorCode.ExpectedValue, 6, "/2"), (error.Code, error.ByteOffset, error.Pointer));
        reader.AssertBooks(reads: 2, completions: 1);
    }

    [Fact]
    public async Task TruncatedText_TheLastSnapshotSaysSo_ThenTheException()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("{\"a\":\"x").ThenEnd();
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        StreamingJsonException error = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader))
            {
                seen.Add($"{snapshot} {snapshot.Outcome}");
            }
        });
        Assert.Equal(["{\"a\":\"x\"} Partial", "{\"a\":\"x\"} Truncated"], seen);
        Assert.True(error.IsEndOfInput);
        Assert.Equal((7, "/a"), (error.ByteOffset, error.Pointer));
        reader.AssertBooks(reads: 2, completions: 1);
    }

    [Fact]
    public async Task InvalidText_TheEventsBeforeItAreDelivered_ThenTheException()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,2, x");
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonEvent change in parser.ReadEventsAsync(reader))
            {
                seen.Add(EventLines.Of(change));
            }
        });
        Assert.Equal(["started ", "started /0", "completed /0 = 1", "started /1", "completed /1 = 2"], seen);
        reader.AssertBooks(reads: 1, completions: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Break_EndsTheEnumeration_AndTheParserGoesOn(bool leaveOpen)
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,2").Then(",3]").ThenEnd();
        using var parser = new StreamingJsonParser();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader, leaveOpen))
        {
            Assert.Equal("[1]", snapshot.ToString());
            break;
        }

        reader.AssertBooks(reads: 1, completions: leaveOpen ? 0 : 1);
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        parser.Append("0,"u8);
        Assert.Equal("[1,20]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task Break_InTheMiddleOfTheEventsOfARead()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,2,3").Then("]");
        using var parser = new StreamingJsonParser();
        await foreach (JsonEvent change in parser.ReadEventsAsync(reader))
        {
            if (change.Kind == JsonEventKind.Completed)
            {
                break;
            }
        }

        reader.AssertBooks(reads: 1, completions: 1);
        Assert.Equal("[1,2]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task AnEnumerationThatNeverStarts_DoesNotTouchTheReader()
    {
        var reader = new ScriptedPipeReader();
        using var parser = new StreamingJsonParser();
        IAsyncEnumerator<JsonSnapshot> enumerator = parser.ReadSnapshotsAsync(reader).GetAsyncEnumerator();
        await enumerator.DisposeAsync();
        reader.AssertBooks(reads: 0, completions: 0);
    }

    [Fact]
    public async Task OfAParserThatIsDone_ThereIsNothing_ButTheReaderIsCompleted()
    {
        var reader = new ScriptedPipeReader();
        using StreamingJsonParser parser = Reading.Append("[1]");
        parser.EnsureComplete();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader))
        {
            Assert.Fail(snapshot.ToString());
        }

        reader.AssertBooks(reads: 0, completions: 1);
    }

    [Fact]
    public async Task TheTokenOfTheEnumeration_CancelsTheRead()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        using var cancel = new CancellationTokenSource();
        await pipe.Writer.WriteAsync("[1,"u8.ToArray());
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(pipe.Reader).WithCancellation(cancel.Token))
            {
                count += snapshot.RootElement.GetArrayLength();
                await cancel.CancelAsync();
            }
        });
        Assert.Equal(1, count);
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task ACancelledPendingRead_EndsTheEnumeration_AndKeepsItsData()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,").Then(isCanceled: true, isCompleted: false, "2,");
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader))
            {
                Assert.Equal("[1]", snapshot.ToString());
            }
        });
        Assert.Equal("[1,2]", parser.Snapshot.ToString());
        reader.AssertBooks(reads: 2, completions: 1);
    }

    [Fact]
    public async Task AFaultOfTheSource_CompletesTheReader_AndReadingGoesOnFromAnother()
    {
        ScriptedPipeReader broken = new ScriptedPipeReader().Then("[1,").ThenThrow(new IOException("gone"));
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(broken))
            {
                seen.Add(snapshot.ToString());
            }
        });
        broken.AssertBooks(reads: 1, completions: 1);
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(new ScriptedPipeReader().Then("2]").ThenEnd()))
        {
            seen.Add(snapshot.ToString());
        }

        Assert.Equal(["[1]", "[1,2]", "[1,2]"], seen);
    }

    [Fact]
    public async Task SnapshotsOfAnEnumeration_StayWhatTheyWere()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader();
        for (int item = 0; item < 100; item++)
        {
            reader.Then(item == 0 ? "[\"a" : "\",\"a");
        }

        reader.Then("\"]").ThenEnd();
        using var parser = new StreamingJsonParser();
        var snapshots = new List<JsonSnapshot>();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(reader))
        {
            snapshots.Add(snapshot);
        }

        Assert.Equal(102, snapshots.Count);
        for (int item = 0; item < 100; item++)
        {
            Assert.Equal(item + 1, snapshots[item].RootElement.GetArrayLength());
        }
    }
}
