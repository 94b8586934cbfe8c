using System;
using System.Linq;
using System.Text;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Peers;
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
