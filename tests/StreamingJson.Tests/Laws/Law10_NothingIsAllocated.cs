using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>Law 10. Zero allocation after warm-up in Append, in snapshots and in events.</summary>
[Collection(nameof(AllocationTests))]
public class Law10_NothingIsAllocated
{
    private static readonly StreamingJsonOptions[] Options =
    [
        StreamingJsonOptions.Default,
        OptionSets.Lenient,
        new() { DuplicateNames = DuplicateNameHandling.Refuse, UnpairedSurrogates = UnpairedSurrogateHandling.Refuse },
    ];

    public static TheoryData<int> ChunkSizes { get; } = [1, 4, 64, 4096, int.MaxValue];

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Append_AndReset(int size) => Assert.All(Options, options =>
    {
        using var parser = new StreamingJsonParser(options);
        AssertNothing(size, (text, start, length) => parser.Append(text.AsSpan(start, length)), () =>
        {
            parser.EnsureComplete();
            parser.Reset();
        });
    });

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Snapshot_AndLookUps(int size)
    {
        using var parser = new StreamingJsonParser();
        long seen = 0;
        AssertNothing(
            size,
            (text, start, length) =>
            {
                parser.Append(text.AsSpan(start, length));
                JsonSnapshot snapshot = parser.Snapshot;
                PartialJsonElement root = snapshot.RootElement;
                seen += snapshot.InFlight.RawUtf8.Length + parser.Meters.Rows + snapshot.ByteCount;
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("content"u8, out PartialJsonElement content))
                {
                    seen += content.TextUtf8.Length + content.RawUtf8.Length + (content.IsComplete ? 1 : 0) + (content.ValueEquals("x"u8) ? 1 : 0);
                }
            },
            () =>
            {
                parser.Complete();
                parser.Reset();
            });
        Assert.NotEqual(0, seen);
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void PointerReaders(int size)
    {
        using var parser = new StreamingJsonParser();
        JsonPointerReader[] readers = [new("/content"), new("/edits/1/text"), new("/nothing/here"), new("")];
        long seen = 0;
        AssertNothing(
            size,
            (text, start, length) =>
            {
                parser.Append(text.AsSpan(start, length));
                foreach (JsonPointerReader reader in readers)
                {
                    seen += reader.TryGetElement(parser.Snapshot, out PartialJsonElement element) ? element.ByteRange.End : 0;
                }
            },
            () =>
            {
                parser.Complete();
                parser.Reset();
            });
        Assert.NotEqual(0, seen);
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Events(int size)
    {
        using var parser = new StreamingJsonParser();
        long seen = 0;
        AssertNothing(
            size,
            (text, start, length) =>
            {
                parser.Append(text.AsSpan(start, length));
                foreach (JsonEvent e in parser.Events)
                {
                    seen += e.TextUtf8.Length + e.PropertyNameUtf8.Length + e.ByteRange.End;
                }
            },
            () =>
            {
                parser.Complete();
                parser.Reset();
            });
        Assert.NotEqual(0, seen);
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void AParserWithoutTape(int size) => Assert.All(Options, options =>
    {
        using var parser = new JsonEventParser<SilentHandler>(default, options);
        AssertNothing(size, (text, start, length) => parser.Append(text.AsSpan(start, length)), () =>
        {
            parser.Complete();
            parser.Reset();
        });
        Assert.NotEqual(0, parser.Handler.Total);
    });

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Chars(int size)
    {
        string text = Encoding.UTF8.GetString(SampleTexts.Mixed);
        using var parser = new StreamingJsonParser();
        using var events = new JsonEventParser<SilentHandler>(default);
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            for (int start = 0; start < text.Length; start += Math.Min(size, text.Length - start))
            {
                parser.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
                events.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
            }

            parser.EnsureComplete();
            parser.Reset();
            events.Complete();
            events.Reset();
        }));
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Sequences(int size)
    {
        ReadOnlySequence<byte>[] chunks =
            [.. Chunking.Every(Math.Min(size, SampleTexts.Mixed.Length)).Split(SampleTexts.Mixed).Select(chunk => Segments.Of(chunk))];
        using var parser = new StreamingJsonParser();
        using var events = new JsonEventParser<SilentHandler>(default);
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            foreach (ReadOnlySequence<byte> chunk in chunks)
            {
                parser.Append(chunk);
                events.Append(chunk);
            }

            parser.EnsureComplete();
            parser.Reset();
            events.Complete();
            events.Reset();
        }));
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void BufferWriter(int size)
    {
        using var parser = new StreamingJsonParser();
        AssertNothing(
            size,
            (text, start, length) =>
            {
                text.AsSpan(start, length).CopyTo(parser.GetSpan(length));
                parser.Advance(length);
            },
            () =>
            {
                parser.EnsureComplete();
                parser.Reset();
            });
    }

    [Fact]
    public void WalkingThroughAWholeDocument()
    {
        using var parser = new StreamingJsonParser();
        parser.Append(SampleTexts.Mixed);
        parser.EnsureComplete();
        long seen = 0;
        Assert.Equal(0, AllocationMeter.MinimumBytes(() => seen += Walk(parser.Snapshot.RootElement)));
        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void EmptyChunks_AndWhatComesAfterAnError()
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend("[1}"u8));
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            parser.TryAppend(""u8);
            parser.TryAppend("[1,2,3]"u8);
        }));
    }

    private static void AssertNothing(int size, Action<byte[], int, int> append, Action end)
    {
        foreach (byte[] text in new[] { SampleTexts.ToolCall, SampleTexts.Mixed, SampleTexts.SourceCode })
        {
            long allocated = AllocationMeter.MinimumBytes(() =>
            {
                for (int start = 0; start < text.Length; start += Math.Min(size, text.Length - start))
                {
                    append(text, start, Math.Min(size, text.Length - start));
                }

                end();
            });
            Assert.Equal(0, allocated);
        }
    }

    private static long Walk(PartialJsonElement element)
    {
        long seen = element.RawUtf8.Length;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (PartialJsonProperty property in element.EnumerateObject())
                {
                    seen += property.NameUtf8.Length + (property.NameEquals("id"u8) ? 1 : 0) + Walk(property.Value);
                }

                return seen + element.GetPropertyCount();
            case JsonValueKind.Array:
                foreach (PartialJsonElement item in element.EnumerateArray())
                {
                    seen += Walk(item);
                }

                return seen + element.GetArrayLength();
            case JsonValueKind.String:
                return seen + element.TextUtf8.Length;
            case JsonValueKind.Number:
                element.TryGetInt64(out long integer);
                element.TryGetDouble(out double number);
                return seen + integer + (long)number;
            default:
                return seen;
        }
    }
}

/// <summary>Allocation is measured per thread, but not while other tests make the runtime compile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationTests;
