using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>The vectors of the AWS SDKs, each at every two-way cut, alone and twice in a row.</summary>
public sealed class EventStreamConformanceTests
{
    [SharedSuiteFact("suites/aws-eventstream")]
    public void SdkVectors_AreReadAsTheyWereMeant()
    {
        int positive = 0;
        int negative = 0;
        string[] files = Directory.GetFiles(SharedSuite.Find("suites/aws-eventstream")!, "*", SearchOption.AllDirectories);
        foreach (string encoded in files.Where(path => path.Contains("encoded", StringComparison.Ordinal)))
        {
            string decoded = File.ReadAllText(encoded.Replace("encoded", "decoded", StringComparison.Ordinal));
            byte[] message = File.ReadAllBytes(encoded);
            if (encoded.Contains("positive", StringComparison.Ordinal))
            {
                positive++;
                CheckPositive(message, decoded);
            }
            else
            {
                negative++;
                Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, message);
                Assert.Empty(outcome.Frames);
                bool isPrelude = decoded.StartsWith("Prelude", StringComparison.Ordinal);
                FramingErrorCode expected = isPrelude ? FramingErrorCode.PreludeChecksumMismatch : FramingErrorCode.MessageChecksumMismatch;
                Assert.Equal(expected, outcome.Code);
            }
        }

        Assert.True(positive >= 5 && negative >= 4, $"{positive} and {negative} vectors");
    }

    private static void CheckPositive(byte[] message, string decoded)
    {
        using JsonDocument document = JsonDocument.Parse(decoded);
        var headers = new StringBuilder();
        foreach (JsonElement header in document.RootElement.GetProperty("headers").EnumerateArray())
        {
            var type = (EventStreamHeaderType)header.GetProperty("type").GetInt32();
            headers.Append(CultureInfo.InvariantCulture, $"[{header.GetProperty("name").GetString()} {type} {Text.Of(Value(type, header.GetProperty("value")))}]");
        }

        byte[] payload = document.RootElement.GetProperty("payload").GetBytesFromBase64();
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, [.. message, .. message]);
        Assert.Null(outcome.Code);
        Assert.Equal(2, outcome.Frames.Count);
        Assert.All(outcome.Frames, frame => Assert.Equal((headers.ToString(), Text.Of(payload)), (frame.Headers, frame.Data)));
    }

    private static byte[] Value(EventStreamHeaderType type, JsonElement value) => type switch
    {
        EventStreamHeaderType.True or EventStreamHeaderType.False => [],
        EventStreamHeaderType.SByte => BigEndian(value.GetInt64(), 1),
        EventStreamHeaderType.Int16 => BigEndian(value.GetInt64(), 2),
        EventStreamHeaderType.Int32 => BigEndian(value.GetInt64(), 4),
        EventStreamHeaderType.Int64 or EventStreamHeaderType.Timestamp => BigEndian(value.GetInt64(), 8),
        _ => value.GetBytesFromBase64(),
    };

    private static byte[] BigEndian(long value, int width) => [.. Enumerable.Range(1, width).Select(i => (byte)(value >> (8 * (width - i))))];
}
