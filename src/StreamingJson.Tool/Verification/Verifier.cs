using System;
using System.Text;
using System.Text.Unicode;

namespace StreamingJson.Tool.Verification;

/// <summary>What was checked of a text.</summary>
/// <param name="Outcome">The verdict about the text when it comes as a whole.</param>
/// <param name="Chunkings">In how many ways it was cut.</param>
/// <param name="Chunks">How many chunks those are.</param>
/// <param name="Events">How many events were checked.</param>
/// <param name="Snapshots">How many snapshots were compared with them.</param>
/// <param name="Difference">The first thing that is not as the laws say, or null.</param>
internal sealed record VerifyReport(JsonOutcome Outcome, int Chunkings, long Chunks, long Events, long Snapshots, string? Difference);

/// <summary>Puts a text through every chunking and compares what is seen with what was seen of it as a whole.</summary>
internal static class Verifier
{
    public static VerifyReport Verify(byte[] content, int seed)
    {
        char[] chars = Utf8.IsValid(content) ? Encoding.UTF8.GetChars(content) : [];
        var feeder = new Feeder(content, chars);
        var report = new VerifyReport(JsonOutcome.Partial, 0, 0, 0, 0, null);
        var chunking = Chunking.Whole(content.Length);
        using var parser = new StreamingJsonParser();
        try
        {
            using var first = new StreamingJsonParser();
            ReplayResult whole = Run(chunking, first, content, feeder, ref report);
            DocumentOracle.RequireSame(content, first);
            report = report with { Outcome = whole.Outcome };
            foreach (Chunking next in Chunking.All(content.Length, Utf8.IsValid(content) ? chars.Length : null, seed))
            {
                chunking = next;
                RequireSame(whole, Run(chunking, parser, content, feeder, ref report));
            }
        }
        catch (LawBrokenException broken)
        {
            return report with { Difference = $"{chunking.Description}: {broken.Message}" };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever else the parser throws is a bug as well, and which chunks bring it out is what one wants to know.
            return report with { Difference = $"{chunking.Description}: {exception.GetType().Name}: {exception.Message}" };
        }

        return report;
    }

    /// <summary>Law 1: two ways of arriving show the same.</summary>
    /// <exception cref="LawBrokenException">They do not.</exception>
    public static void RequireSame(ReplayResult whole, ReplayResult cut)
    {
        Laws.Require(1, whole.Outcome == cut.Outcome, $"the outcome is {cut.Outcome}, as a whole {whole.Outcome}");
        Laws.Require(1, whole.Error == cut.Error, $"the error is {cut.Error}, as a whole {whole.Error}");
        Laws.Require(1, whole.ByteCount == cut.ByteCount, $"{cut.ByteCount} bytes are kept, as a whole {whole.ByteCount}");
        Laws.Require(1, whole.Leniencies == cut.Leniencies, $"the leniencies are {cut.Leniencies}, as a whole {whole.Leniencies}");
        MirrorComparer.RequireSame(whole.Mirror.Root, cut.Mirror.Root);
        Laws.Require(1, whole.Closed == cut.Closed, "the closed value is another");
    }

    private static ReplayResult Run(Chunking chunking, StreamingJsonParser parser, byte[] content, Feeder feeder, ref VerifyReport report)
    {
        var replay = new Replay(content, parser);
        ReplayResult result = replay.Run(chunking, feeder);
        report = report with
        {
            Chunkings = report.Chunkings + 1,
            Chunks = report.Chunks + replay.Chunks,
            Events = report.Events + result.Mirror.Events,
            Snapshots = report.Snapshots + replay.Snapshots,
        };
        return result;
    }
}
