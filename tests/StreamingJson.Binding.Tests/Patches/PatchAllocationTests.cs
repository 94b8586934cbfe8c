using System;
using System.Buffers;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests;

/// <summary>Law 10 for what is written after each append; and how much that is.</summary>
[Collection(nameof(PatchAllocationTests))]
public class PatchAllocationTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        "{\"id\":1,\"items\":[" + string.Join(',', Enumerable.Range(0, 200).Select(i =>
            $$$$"""{"id":{{{{i}}}},"id":{{{{i}}}},"n~/{{{{i}}}}":"item é\n {{{{i}}}}","tags":["a",null,[]],"o":{"p":{"q":"{{{{new string('x', 40)}}}}"}}}""")) + "]}");

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(64, false)]
    [InlineData(1 << 20, false)]
    [InlineData(64, true)]
    public void NothingIsAllocated(int chunk, bool standardOnly)
    {
        using var parser = new StreamingJsonParser();
        using var patches = new JsonPatchWriter(new JsonPatchOptions { StandardOnly = standardOnly });
        using var closed = new ClosedJsonWriter();
        var destination = new ArrayBufferWriter<byte>(1 << 20);
        long written = 0;
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            for (int start = 0; start < Text.Length; start += chunk)
            {
                parser.Append(Text.AsSpan(start, Math.Min(chunk, Text.Length - start)));
                destination.ResetWrittenCount();
                patches.TryWrite(parser.Snapshot, destination);
                closed.TryWrite(parser.Snapshot, destination);
                written += destination.WrittenCount + closed.Closing.Length;
            }

            parser.EnsureComplete();
            parser.Reset();
            closed.Reset();
        }));
        Assert.NotEqual(0, written);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void TheBytesOfALongText_AreLinear(int chunk)
    {
        long half = BytesFor(32 * 1024, chunk);
        long whole = BytesFor(64 * 1024, chunk);
        Assert.InRange(whole, half, (2 * half) + 100);
        Assert.True(whole <= (64 * 1024) + ((64 * 1024 / chunk) * (40L + "/content".Length)) + 100);
    }

    private static long BytesFor(int length, int chunk)
    {
        using var parser = new StreamingJsonParser();
        using var patches = new JsonPatchWriter();
        var destination = new ArrayBufferWriter<byte>();
        parser.Append("{\"content\":\""u8);
        byte[] piece = Encoding.UTF8.GetBytes(new string('x', chunk));
        for (int sent = 0; sent < length; sent += chunk)
        {
            parser.Append(piece);
            patches.TryWrite(parser.Snapshot, destination);
        }

        return destination.WrittenCount;
    }
}

/// <summary>Allocation is measured per thread, but not while other tests make the runtime compile.</summary>
[CollectionDefinition(nameof(PatchAllocationTests), DisableParallelization = true)]
public class PatchAllocations;
