using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>After warm-up nothing is allocated from the bytes of the wire to the snapshot of the arguments, for any event.</summary>
public sealed class AllocationTests
{
    // As names, so that a protocol joins as soon as it has fixtures: every ordinary one (complete, no anomalies, calls safe) is read.
    public static TheoryData<string> Protocols =>
        new(new[] { "openai-chat", "openai-responses", "anthropic-messages", "anthropic", "bedrock-converse" }
            .Where(name => Fixture.Names.Any(fixture => fixture.StartsWith(name + "/", StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Protocols))]
    public void FromWireBytesToSnapshots_NothingIsAllocated(string protocol)
    {
        Fixture[] fixtures = [.. Fixture.Names.Where(name => name.StartsWith(protocol + "/", StringComparison.Ordinal)).Select(Fixture.Load).Where(IsOrdinary)];
        Assert.NotEmpty(fixtures);
        foreach (Fixture fixture in fixtures)
        {
            using var given = new ModelStreamReader(fixture.Options(isAuto: false));
            using var auto = new ModelStreamReader(fixture.Options(isAuto: true));
            foreach (int size in new[] { fixture.Content.Length, 17 })
            {
                AssertAllocatesNothing(fixture.Name, () => Read(given, fixture.Content, size));
                AssertAllocatesNothing(fixture.Name, () => Read(auto, fixture.Content, size));
            }
        }
    }

    private static bool IsOrdinary(Fixture fixture)
    {
        ModelRun run = fixture.Run(isAuto: false);
        using ModelStreamReader reader = run.Reader;
        return run.Message.Outcome == JsonOutcome.Complete && run.Message.Anomalies.Count == 0 && run.Calls.All(call => call.IsSafeToExecute) && run.Message.Errors.Count == 0 && fixture.Options(true).Framing is null;
    }

    private static int Read(ModelStreamReader reader, byte[] stream, int size)
    {
        // The sum keeps the loop from being optimised away.
        int sum = 0;
        reader.Reset();
        for (int at = 0; at < stream.Length; at += size)
        {
            reader.Append(stream.AsSpan(at, Math.Min(size, stream.Length - at)));
            sum += Drain(reader);
        }

        reader.Complete();
        return sum + Drain(reader);
    }

    private static int Drain(ModelStreamReader reader)
    {
        int sum = 0;
        while (reader.TryRead(out ModelEvent next))
        {
            sum += 1 + next.TextUtf8.Length;
            if (next.ToolCall is { } call)
            {
                JsonSnapshot snapshot = call.Snapshot;
                sum += call.NameUtf8.Length + (snapshot.HasValue && snapshot.RootElement.ValueKind == JsonValueKind.Object ? 1 : 0);
                foreach (JsonEvent change in call.Arguments.Events)
                {
                    sum += (int)change.Kind;
                }
            }
        }

        return sum;
    }

    /// <summary>A single window is not exact (tier promotion is billed to the thread that happens to run), so the least of many counts.</summary>
    private static void AssertAllocatesNothing(string name, Func<int> action)
    {
        int sum = 0;
        for (int i = 0; i < 30; i++)
        {
            sum += action();
        }

        long least = long.MaxValue;
        for (int i = 0; i < 20 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            sum += action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.NotEqual(0, sum);
        Assert.True(least == 0, $"{name}: {least} bytes");
    }
}
