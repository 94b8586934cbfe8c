using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Threading.Tasks;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// Each limit in each protocol, at what a stream needs and one below it, at several chunk sizes and from a pipe and a stream: at it nothing
/// changes, below it the call is refused, and the final message is the same in every cell.
/// </summary>
public sealed class LimitMatrixTests
{
    private static readonly int[] ChunkSizes = [0, 1, 7];

    /// <summary>One ordinary stream of each protocol that has calls: complete, nothing off, all calls safe, arguments in it.</summary>
    public static TheoryData<string> Ordinary { get; } = new(Fixture.Names
        .Where(name => !name.StartsWith("auto/", StringComparison.Ordinal))
        .GroupBy(name => name.Split('/')[0])
        .Select(group => group.FirstOrDefault(IsOrdinary))
        .OfType<string>());

    [Fact]
    public void MostProtocolsTakePart() => Assert.InRange(Ordinary.Count, 12, 20);

    [Theory]
    [MemberData(nameof(Ordinary))]
    public async Task ArgumentBytes(string name)
    {
        Fixture fixture = Fixture.Load(name);
        int longest = Unlimited(fixture).Calls.Max(call => call.TextUtf8.Length);
        await AssertAsync(fixture, limit => new ToolCallLimits { MaxArgumentsBytes = limit }, longest);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public async Task NameBytes(string name)
    {
        Fixture fixture = Fixture.Load(name);
        int longest = Unlimited(fixture).Calls.Max(call => Math.Max(call.NameUtf8.Length, call.IdUtf8.Length));
        await AssertAsync(fixture, limit => new ToolCallLimits { MaxNameBytes = limit }, longest, isAtLeast: true);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public async Task FrameBytes(string name)
    {
        Fixture fixture = Fixture.Load(name);
        if (fixture.Framing == FrameFormat.Message)
        {
            return; // its frames are the transport's; FrameReader's own tests have their limit
        }

        int largest = LargestFrame(fixture);
        string expected = Unlimited(fixture).FinalLine();
        foreach (int limit in new[] { largest, largest + 1, largest - 1 })
        {
            ModelStreamOptions options = fixture.Options(isAuto: false) with { MaxFrameBytes = limit };
            List<string> lines = [.. ChunkSizes.Select(size => Read(options, fixture, size)), .. await FromSourcesAsync(options, fixture)];
            Assert.Single(lines.Distinct());
            Assert.Equal(limit >= largest, lines[0] == expected);
            Assert.True(limit >= largest || lines[0].Contains("\"outcome\":\"invalid\"", StringComparison.Ordinal), lines[0]);
        }
    }

    private static async Task AssertAsync(Fixture fixture, Func<int, ToolCallLimits> limits, int needed, bool isAtLeast = false)
    {
        string expected = Unlimited(fixture).FinalLine();
        foreach (int limit in new[] { needed - 1, needed, needed + 1 })
        {
            ModelStreamOptions options = fixture.Options(isAuto: false) with { Limits = limits(limit) };
            List<string> lines = [.. ChunkSizes.Select(size => Read(options, fixture, size)), .. await FromSourcesAsync(options, fixture)];
            Assert.Single(lines.Distinct());
            if (limit >= needed)
            {
                // An id that is no call's (a message's, a response's) may be longer: it is not kept then, and that is reported.
                Assert.True(isAtLeast || lines[0] == expected, lines[0]);
                continue;
            }

            using ModelStreamReader reader = new(options);
            ModelRun run = ModelRun.Of(reader, fixture.Content);
            Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
            Assert.Contains(run.Calls, call => call.Reasons.HasFlag(UnsafeReasons.LimitExceeded) && call.Outcome == ToolCallOutcome.Invalid);
            Assert.All(run.Calls, call => Assert.NotEqual(call.Reasons.HasFlag(UnsafeReasons.LimitExceeded), call.IsSafeToExecute));
        }
    }

    private static ModelRun Unlimited(Fixture fixture) => fixture.Run(isAuto: false);

    private static string Read(ModelStreamOptions options, Fixture fixture, int size)
    {
        using ModelStreamReader reader = new(options);
        return ModelRun.Of(reader, fixture.Content, size).FinalLine();
    }

    private static async Task<IEnumerable<string>> FromSourcesAsync(ModelStreamOptions options, Fixture fixture)
    {
        if (fixture.Framing == FrameFormat.Message)
        {
            return [];
        }

        List<string> lines = [];
        Func<ModelStream>[] sources =
        [
            () => ModelStream.Open(PipeReader.Create(new MemoryStream(fixture.Content)), options),
            () => ModelStream.Open(new FaultyStream(fixture.Content, fault: null) { MostAtOnce = 5, Yields = true }, options),
        ];
        foreach (Func<ModelStream> open in sources)
        {
            await using ModelStream stream = open();
            while (await stream.ReadAsync())
            {
                while (stream.TryRead(out _))
                {
                    // To the end.
                }
            }

            using var json = new MemoryStream();
            await using (var writer = new System.Text.Json.Utf8JsonWriter(json, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                FinalMessageWriter.Write(writer, stream.Reader);
            }

            lines.Add(System.Text.Encoding.UTF8.GetString(json.ToArray()));
        }

        return lines;
    }

    private static int LargestFrame(Fixture fixture)
    {
        using var frames = new FrameReader(fixture.Framing, new FrameReaderOptions { ReportUnknownFields = true, DeliverUnterminated = true });
        frames.Append(fixture.Content.AsSpan().StartsWith("\uFEFF"u8) ? fixture.Content.AsSpan(3) : fixture.Content);
        frames.Complete();
        long largest = 0;
        while (frames.TryRead(out Frame frame))
        {
            largest = Math.Max(largest, frame.EndOffset - frame.StartOffset);
        }

        return (int)largest;
    }

    private static bool IsOrdinary(string name)
    {
        ModelRun run = Fixture.Load(name).Run(isAuto: false);
        using ModelStreamReader reader = run.Reader;
        return run.Message.Outcome == JsonOutcome.Complete && run.Message.Anomalies.Count == 0 && run.Message.Errors.Count == 0
            && run.Calls.Any() && run.Calls.All(call => call.IsSafeToExecute && call.TextUtf8.Length > 2 && call.NameUtf8.Length > 1);
    }
}
