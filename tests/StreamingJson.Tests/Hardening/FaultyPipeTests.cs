using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tests.Pipelines;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// Every fault that a pipe can have, before every byte of a text: nothing is lost, nothing comes twice, each read is advanced past once, no
/// buffer is looked at afterwards (they are overwritten), all arrays come back, and the parser is as good as new.
/// </summary>
public class FaultyPipeTests
{
    private static readonly string[] Texts =
    [
        "{\"a\":\"é\\n\\ud83d\\ude00\",\"b\":[1,true,-2.5e1],\"\":{}} ", "12", "[\"ab\",nul", "[1,{\"a\":2}}", "\uFEFF[\"0123456789abcdef\"]", "[\"\\u00g\"]", "",
    ];

    public enum Fault
    {
        /// <summary>A cancelled read that brings nothing.</summary>
        Cancelled,

        /// <summary>A cancelled read that brings the next byte all the same.</summary>
        CancelledWithData,

        /// <summary>The source throws; another goes on with the rest.</summary>
        Thrown,

        /// <summary>The rest and the end come in one read, after which the end comes again.</summary>
        EndWithData,
    }

    public static TheoryData<Fault, bool> Faults { get; } = new()
    {
        { Fault.Cancelled, false }, { Fault.Cancelled, true },
        { Fault.CancelledWithData, false }, { Fault.CancelledWithData, true },
        { Fault.Thrown, false }, { Fault.Thrown, true },
        { Fault.EndWithData, false }, { Fault.EndWithData, true },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task BeforeEveryByte_NothingIsLost_AndNothingComesTwice(Fault fault, bool yields)
    {
        foreach (byte[] text in Texts.Select(Encoding.UTF8.GetBytes))
        {
            Trace expected = Run.Of(text, Chunking.Whole);
            for (int at = 0; at <= text.Length; at++)
            {
                var pools = new CountingPools();
                using var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
                var log = new EventLog();
                foreach (ScriptedPipeReader reader in Sources(text, at, fault, yields))
                {
                    await DriveAsync(parser, reader, log);
                    Assert.Equal((reader.Reads, 0), (reader.Advances, reader.Completions));
                }

                Assert.Equal((expected.Verdict, expected.Events, expected.Value), (Verdict.Of(parser), log.ToString(), parser.Snapshot.ToString()));
                parser.Reset();
                Assert.Equal(expected, Run.Of(parser, text, Chunking.Bytes));
                parser.Dispose();
                pools.AssertBalanced(parser.Meters.ArenaGrowths);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task InEveryEnumeration_TheReaderIsCompletedOnce_AndTheEventsAreThoseOfTheText(Fault fault, bool yields)
    {
        byte[] text = Encoding.UTF8.GetBytes(Texts[0]);
        string expected = Run.Of(text, Chunking.Whole).Events;
        for (int at = 0; at <= text.Length; at++)
        {
            foreach (bool leaveOpen in new[] { false, true })
            {
                using var parser = new StreamingJsonParser();
                var log = new EventLog();
                foreach (ScriptedPipeReader reader in Sources(text, at, fault, yields))
                {
                    await EnumerateAsync(parser, reader, leaveOpen, log);
                    Assert.Equal(reader.Reads, reader.Advances);
                    if (parser.Outcome == JsonOutcome.Partial && fault != Fault.Thrown)
                    {
                        // A cancelled read ends an enumeration; what the reader still has, another one gives.
                        Assert.Equal(leaveOpen ? 0 : 1, reader.Completions);
                        log.AddEventsOf(parser); // of the cancelled read, which the enumeration did not come to give
                        await EnumerateAsync(parser, Rest(text, at + (fault == Fault.CancelledWithData && at < text.Length ? 1 : 0)), leaveOpen, log);
                    }
                    else
                    {
                        Assert.Equal(leaveOpen ? 0 : 1, reader.Completions);
                    }
                }

                Assert.Equal(JsonOutcome.Complete, parser.Outcome);
                Assert.Equal(expected, log.ToString());
            }
        }
    }

    [Fact]
    public async Task AWriterThatCompletesWithAnException_AtEveryByte_LeavesWhatCame()
    {
        byte[] text = Encoding.UTF8.GetBytes(Texts[0]);
        for (int at = 0; at <= text.Length; at++)
        {
            var pipe = new Pipe();
            using var parser = new StreamingJsonParser();
            if (at > 0)
            {
                await pipe.Writer.WriteAsync(text.AsMemory(0, at));
                Assert.True(await parser.ReadAsync(pipe.Reader));
            }

            await pipe.Writer.CompleteAsync(new InvalidDataException("gone"));
            await Assert.ThrowsAsync<InvalidDataException>(async () => await parser.ReadAsync(pipe.Reader));
            Assert.Equal((JsonOutcome.Partial, at), (parser.Outcome, parser.Meters.BytesReceived));
            parser.Append(text.AsSpan(at));
            parser.EnsureComplete();
            Assert.Equal(Run.Of(text, Chunking.Whole).Value, parser.Snapshot.ToString());
        }
    }

    private static async Task DriveAsync(StreamingJsonParser parser, ScriptedPipeReader reader, EventLog log)
    {
        while (true)
        {
            try
            {
                if (!await parser.ReadAsync(reader))
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                // What it brought is there, and reading goes on.
            }
            catch (IOException)
            {
                return;
            }

            log.AddEventsOf(parser);
        }
    }

    private static async Task EnumerateAsync(StreamingJsonParser parser, ScriptedPipeReader reader, bool leaveOpen, EventLog log)
    {
        try
        {
            await foreach (JsonEvent e in parser.ReadEventsAsync(reader, leaveOpen))
            {
                log.Add(e);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The fault.
        }
    }

    /// <summary>The text byte by byte, in segments with empty ones between, with the fault before a byte; a second source where the first breaks.</summary>
    private static IEnumerable<ScriptedPipeReader> Sources(byte[] text, int at, Fault fault, bool yields)
    {
        var reader = new ScriptedPipeReader { Yields = yields };
        Bytes(reader, text.AsSpan(0, at));
        switch (fault)
        {
            case Fault.Cancelled:
                reader.Then(isCanceled: true, isCompleted: false, Array.Empty<byte[]>());
                break;
            case Fault.CancelledWithData when at < text.Length:
                reader.Then(isCanceled: true, isCompleted: false, [[], [text[at]], []]);
                at++;
                break;
            case Fault.Thrown:
                yield return reader.ThenThrow(new IOException("The line is dead."));
                reader = new ScriptedPipeReader { Yields = yields };
                break;
            case Fault.EndWithData:
                yield return reader.Then(isCanceled: false, isCompleted: true, [[], .. text.Skip(at).Select(b => new[] { b })]).ThenEnd();
                yield break;
        }

        Bytes(reader, text.AsSpan(at));
        yield return reader.ThenEnd();
    }

    private static ScriptedPipeReader Rest(byte[] text, int at)
    {
        var reader = new ScriptedPipeReader();
        Bytes(reader, text.AsSpan(at));
        return reader.ThenEnd();
    }

    private static void Bytes(ScriptedPipeReader reader, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte[][] segments = (i % 3) switch { 0 => [[text[i]]], 1 => [[], [text[i]]], _ => [[text[i]], [], []] };
            reader.Then(isCanceled: false, isCompleted: false, segments);
        }
    }
}
