using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using StreamingJson.Buffers;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>Many names in one object, long and alike: to find out that none is repeated costs a small multiple of reading them.</summary>
public class ManyNamesTests
{
    // The square of this many comparisons would take the time of reading a thousand times and more.
    private const int Count = 100_000;
    private const int Most = 100;

    [Fact]
    public void ToRefuseRepeatedNames_CostsASmallMultipleOfReading()
    {
        string prefix = new('n', 40);
        byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, Count).Select(i => $"\"{prefix}{i}\":0")) + "}");
        TimeSpan reading = Fastest(text, StreamingJsonOptions.Default);
        TimeSpan refusing = Fastest(text, StreamingJsonOptions.Default with { DuplicateNames = DuplicateNameHandling.Refuse });
        Assert.True(refusing < Most * reading, $"{refusing} against {reading}");

        byte[] repeated = [.. text[..^1], .. Encoding.UTF8.GetBytes($",\"{prefix}7\":0}}")];
        using var parser = new StreamingJsonParser(OptionSets.Strict);
        Assert.False(parser.TryAppend(repeated));
        Assert.Equal((JsonErrorCode.DuplicateName, text.Length + 42), (parser.Error!.Code, parser.Error!.ByteOffset));
    }

    [Fact]
    public void TheNamesOfAClosedObject_AreForgotten()
    {
        var names = new PropertyNameSet();
        for (int round = 0; round < 3; round++)
        {
            names.StartContainer();
            Assert.True(names.TryAdd("outer"u8));
            for (int i = 0; i < 1000; i++)
            {
                names.StartContainer();
                Assert.True(names.TryAdd("outer"u8));
                Assert.True(names.TryAdd(Encoding.UTF8.GetBytes($"name{i}")));
                Assert.False(names.TryAdd(Encoding.UTF8.GetBytes($"name{i}")));
                names.EndContainer();
            }

            Assert.False(names.TryAdd("outer"u8));
            names.EndContainer();
        }
    }

    private static TimeSpan Fastest(byte[] text, StreamingJsonOptions options)
    {
        using var parser = new StreamingJsonParser(options);
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 15; i++)
        {
            parser.Reset();
            long start = Stopwatch.GetTimestamp();
            parser.Append(text);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            fastest = took < fastest ? took : fastest;
        }

        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        return fastest;
    }
}
