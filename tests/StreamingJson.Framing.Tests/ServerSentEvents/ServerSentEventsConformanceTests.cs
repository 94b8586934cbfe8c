using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// The cases that the web platform tests have for <c>EventSource</c>, converted to one JSON object a line; each at every two-way cut.
/// </summary>
public sealed class ServerSentEventsConformanceTests
{
    [SharedSuiteFact("suites/sse")]
    public void WebPlatformTests_Pass()
    {
        int cases = 0;
        foreach (string file in Directory.GetFiles(SharedSuite.Find("suites/sse")!, "*.jsonl"))
        {
            foreach (string line in File.ReadLines(file))
            {
                using JsonDocument document = JsonDocument.Parse(line);
                Check(document.RootElement);
                cases++;
            }
        }

        Assert.True(cases >= 28, $"{cases} cases");
    }

    private static void Check(JsonElement test)
    {
        // The reader is one connection; a case about what a second connection inherits says nothing about framing.
        bool inheritsId = test.TryGetProperty("initial_last_event_id", out _);
        byte[] input = test.GetProperty("bytes_b64").GetBytesFromBase64();
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, null, input);
        List<JsonElement> expected = [.. test.GetProperty("expected_events").EnumerateArray()];
        string name = test.GetProperty("name").GetString()!;
        Assert.True(expected.Count == outcome.Frames.Count, $"{name}: {outcome}");
        Assert.Equal(test.GetProperty("expected_event_count").GetInt32(), outcome.Frames.Count);
        foreach ((JsonElement want, FrameCopy got) in expected.Zip(outcome.Frames))
        {
            Assert.Equal(Latin1(want.GetProperty("event")), got.EventType);
            Assert.Equal(Latin1(want.GetProperty("data")), got.Data);
            if (!inheritsId && want.TryGetProperty("last_event_id", out JsonElement id))
            {
                Assert.Equal(Latin1(id), got.Id);
            }
        }

        if (test.TryGetProperty("expected_retry", out JsonElement retry))
        {
            Assert.EndsWith($"retry {retry.GetInt32()}", outcome.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Latin1(JsonElement text) => Text.Of(Text.Utf8(text.GetString()!));
}
