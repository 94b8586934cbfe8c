using System;
using System.Linq;
using System.Text;
using StreamingJson.Benchmarks.Gate;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Peers;
using StreamingJson.Benchmarks.Ratios;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class MatrixTests
{
    public static TheoryData<string> Tasks => [.. MatrixTask.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void AllPeers_GiveTheSameAnswer(string name)
    {
        MatrixTask task = MatrixTask.Get(name);
        int compared = 0;
        foreach (BenchmarkDocument document in MatrixInputs.Documents.Where(d => d.Name is "D" or "P").Append(SmallArray()))
        {
            foreach (ChunkSize size in new[] { new ChunkSize(4), new ChunkSize(64), ChunkSize.Whole })
            {
                MatrixInput input = task.InputOf(document, size, keep: false);
                string[] peers = [.. task.Cases(input).Select(c => c.Peer)];
                ulong?[] answers = [.. MatrixMeasurement.Answers(task, input)];
                for (int i = 1; i < answers.Length; i++)
                {
                    // None: it took too long. A machine may be slow; the library may not.
                    Assert.NotNull(answers[0]);
                    Assert.True(answers[i] is null || answers[i] == answers[0], $"{name}, {document.Name}, chunks of {size}: {peers[i]}");
                    compared += answers[i] is null ? 0 : 1;
                }
            }
        }

        Assert.NotEqual(0, compared);
    }

    /// <summary>A look costs as much as some chunks: it would be timed as the peer's own work.</summary>
    [Theory]
    [MemberData(nameof(Tasks))]
    public void TheClock_IsLookedAtOnce_InSomeDozensOfChunks(string name)
    {
        const int FewestChunks = 64;
        MatrixTask task = MatrixTask.Get(name);
        int read = 0;
        foreach (BenchmarkDocument document in new[] { MatrixInputs.Find("P"), SmallArray() })
        {
            foreach (ChunkSize size in new[] { new ChunkSize(16), ChunkSize.Whole })
            {
                MatrixInput input = task.InputOf(document, size, keep: false);
                int chunks = size.CountIn(input.Response?.Utf8.Length ?? document.Utf8.Length);
                foreach (MatrixCase @case in task.Cases(input))
                {
                    using (@case)
                    {
                        // A provider's SDK reads everything in larger pieces of its own.
                        int pieces = input.Response is { } response ? Math.Max(chunks, response.Utf8.Length / 64) : chunks;
                        var deadline = new Deadline(TimeSpan.FromHours(1));
                        @case.Read(new Answer(isRecording: false), deadline);
                        Assert.True(deadline.Looks <= pieces / FewestChunks, $"{name}, {document.Name}, chunks of {size}, {@case.Peer}: {deadline.Looks} looks for {pieces} chunks");
                        read++;
                    }
                }
            }
        }

        Assert.NotEqual(0, read);
    }

    [Fact]
    public void ADeadline_ThatIsOver_IsNoticed_WithinSoMuchWork()
    {
        var over = new Deadline(TimeSpan.FromTicks(-1));
        int spent = 0;
        Assert.Throws<OverBudgetException>(() =>
        {
            for (; spent < 1000; spent++)
            {
                over.Spend(Deadline.BytesOfItem);
            }
        });
        Assert.Equal(63, spent);
    }

    /// <summary>The measuring does not show: the same peer in a loop that nothing is asked of takes as long.</summary>
    [Fact]
    public void TheReaderThatIsReFed_TakesAsLong_AsInALoopOfItsOwn()
    {
        BenchmarkDocument document = Documents.Get("A");
        var size = new ChunkSize(4);
        MatrixTask events = MatrixTask.Get("events");
        var inMatrix = new RatioGate.TaskCase(events, events.InputOf(document, size), Peer.Refed);
        IRatioCase alone = ReferenceCases.For(document, size).Single(c => c.Name == "re-fed");
        RatioResult result = RatioMeasurement.Measure(inMatrix, alone);
        Assert.True(result.LeastRatio < 3, $"{result.LeastRatio} times as long");
    }

    [Fact]
    public void EveryPeer_HasAPlaceInTheTables() =>
        Assert.All(MatrixTask.All.SelectMany(t => t.Cases(t.InputOf(SmallArray(), new ChunkSize(64), keep: false))), c => Assert.Contains(c.Peer, Peer.All));

    [Fact]
    public void TheDigest_TellsAnswersApart()
    {
        string[] texts = ["[]", "{}", "[[]]", "\"\"", "[\"ab\"]", "[\"a\",\"b\"]", "{\"a\":\"b\"}", "1", "2", "[1,2]", "[12]", "true", "false", "null"];
        Assert.Equal(texts.Length, texts.Select(Digest).Distinct().Count());
        Assert.Equal(Digest("[1.50,1e3]"), Digest("[ 1.5, 1000 ]"));
    }

    /// <summary>Computed on paper's terms: FNV-1a over the words and texts, so that the drivers of other runtimes can be held to it.</summary>
    [Fact]
    public void TheDigest_IsFnv1aOfLengthsTextsAndWords()
    {
        byte[] told = [2, 0, 0, 0, 0, 0, 0, 0, (byte)'h', (byte)'i', 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, (byte)']', 0, 0, 0, 0, 0, 0, 0];
        ulong expected = told.Aggregate(0xcbf29ce484222325, (hash, value) => unchecked((hash ^ value) * 0x100000001b3));
        Assert.Equal(expected, Digest("[\"hi\",1.5]"));
    }

    [Fact]
    public void WhatOtherRuntimesMustAnswer_IsWhatThePeersHereAnswer()
    {
        BenchmarkDocument document = SmallArray();
        MatrixTask events = MatrixTask.Get("events");
        Assert.Equal(MatrixMeasurement.Answers(events, events.InputOf(document, new ChunkSize(4))).First(), OutsideMeasurement.Expected("events", document));
        Assert.Equal(Digest(Encoding.UTF8.GetString(document.Utf8)), OutsideMeasurement.Expected("final", document));
    }

    [Theory]
    [InlineData("{\"ns\":12.5,\"digest\":\"00000000000000ff\",\"brokenOff\":false}", 12.5, 255UL, false, null)]
    [InlineData("{\"ns\":3,\"brokenOff\":true}", 3, null, true, null)]
    [InlineData("{\"error\":\"no\"}", 0, null, false, "no")]
    public void ADriversLine_IsRead(string line, double nanoseconds, ulong? digest, bool isBrokenOff, string? error) =>
        Assert.Equal(new DrivenCell(nanoseconds, digest, isBrokenOff, error), PeerDriver.ReadCell(System.Text.Json.JsonElement.Parse(line)));

    private static ulong Digest(string json)
    {
        var answer = new Answer(isRecording: true);
        answer.AddValue(System.Text.Json.JsonElement.Parse(json));
        return answer.Digest;
    }

    // As document C, and small enough for peers that read everything again.
    private static BenchmarkDocument SmallArray() => new("C", "records", Generation.RecordDocuments.Export(3000));
}
