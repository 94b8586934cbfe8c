using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Binding.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Binding.Tests.Awaits;

/// <summary>What is held of a list that is longer than memory should be. Alone in the process while it measures.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[Collection(Name)]
public class ItemMemoryTests(ITestOutputHelper output)
{
    public const string Name = "Memory of the process";

    /// <summary>100,000 items may cost no more memory than 1,000.</summary>
    [Fact]
    public async Task Memory_DoesNotGrowWithTheCount()
    {
        long few = await MostHeldAsync(1_000);
        long many = await MostHeldAsync(100_000);
        output.WriteLine($"held at most beyond the start: {few} bytes with 1,000 items, {many} bytes with 100,000 ({100_000 * 40 / 1024} KiB of text)");
        Assert.True(many < few + (256 * 1024), $"{few} with 1,000 items, {many} with 100,000");
    }

    private static async Task<long> MostHeldAsync(int count)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        int seen = 0;
        await foreach (Step? item in JsonItems.ReadAsync(new ItemStream(count), "$.items", Types.Default.Step))
        {
            Assert.Equal(seen, item!.Cost);
            if (++seen % (count / 10) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(count, seen);
        return most;
    }

    /// <summary>Makes its items when they are read.</summary>
    private sealed class ItemStream(int count) : Stream
    {
        private int _next = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int length)
        {
            string text = _next < 0 ? "{\"items\":[" : _next < count ? $"{(_next == 0 ? "" : ",")}{{\"name\":\"item number\",\"cost\":{_next}}}" : _next == count ? "]}" : "";
            _next++;
            return Encoding.UTF8.GetBytes(text, buffer.AsSpan(offset, length));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
