using System;
using System.Buffers;
using System.IO;
using System.Threading.Tasks;
using StreamingJson.Tests.TestKit;
using Xunit;
using Xunit.Sdk;
using static StreamingJson.Tests.TestKit.Verifier;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>Snapshot files, the pool that keeps books, the allocation meter.</summary>
public class ToolTests
{
    [Fact]
    public async Task Verify_ComparesWithTheFileBesideTheSource_WhateverItsLineEnds() => await Verify("first\r\nsecond\n");

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Verify_WithParameters(string text) => await Verify(text).UseTextForParameters(text);

    [Fact]
    public async Task Verify_ShowsTheDifference_AndLeavesTheReceivedText()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string source = Path.Combine(folder, "SomeTests.cs");
            string received = Path.Combine(folder, "SomeTests.Case.received.txt");
            await File.WriteAllTextAsync(Path.Combine(folder, "SomeTests.Case.verified.txt"), "same\nold\n");
            var failure = await Assert.ThrowsAsync<XunitException>(() => Verify("same\nnew", source, "Case").ToTask());
            Assert.Contains("  same\n- old\n+ new", failure.Message);
            Assert.Equal(Environment.GetEnvironmentVariable("CI") != "true", File.Exists(received));
            await Verify("same\nold", source, "Case");
            Assert.False(File.Exists(received));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void MappedSourcePaths_AreBelowTheRepository()
    {
        Assert.Equal(Path.Combine(Repository.Root, "tests/A.cs"), Repository.ResolveSource("/_/tests/A.cs"));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "StreamingJson.sln")));
    }

    [Fact]
    public void Pool_PoisonsAndCounts()
    {
        var pool = new CountingArrayPool<byte>();
        byte[] array = pool.Rent(17);
        Assert.Equal(32, array.Length);
        Assert.Equal(1, pool.Outstanding);
        Assert.Throws<InvalidOperationException>(pool.AssertSettled);
        array.AsSpan().Clear();
        pool.Return(array);
        Assert.All(array, b => Assert.Equal(CountingArrayPool<byte>.Poison, b));
        pool.AssertSettled();
        Assert.Throws<InvalidOperationException>(() => pool.Return(array));
        Assert.Throws<InvalidOperationException>(() => pool.Return(new byte[16]));
        array[3] = 0;
        Assert.Throws<InvalidOperationException>(pool.AssertSettled);
        Assert.Equal((1, 1, 17), (pool.Rents, pool.Returns, pool.LargestRequest));
    }

    [Fact]
    public void Pool_FailsTheRentThatItIsTold()
    {
        var pool = new CountingArrayPool<int>();
        pool.Return(pool.Rent(1));
        pool.FailRent(2);
        int[] first = pool.Rent(1);
        Assert.Throws<OutOfMemoryException>(() => pool.Rent(1));
        int[] third = pool.Rent(1);
        Assert.Equal(2, pool.Outstanding);
        pool.Return(first);
        pool.Return(third);
        pool.AssertSettled();
    }

    [Fact]
    public void Meter_SeesWhatIsAllocated_AndNothingElse()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        Assert.Equal(0, AllocationMeter.MinimumBytes(() => buffer.AsSpan().Clear()));
        Assert.InRange(AllocationMeter.MinimumBytes(() => GC.KeepAlive(new byte[1000])), 1000, 1100);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
