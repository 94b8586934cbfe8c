using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class ChunkReaderTests
{
    [Fact]
    public async Task WithoutASize_AChunkIsWhatAReadBrought() =>
        Assert.Equal(["a", "bcd", "ef"], await ToolRun.CutAsync(new TrickleStream(["a", "bcd", "ef"]), chunkSize: null));

    [Fact]
    public async Task WithASize_TheReadsDoNotShow()
    {
        Assert.Equal(["ab", "cd", "ef", "g"], await ToolRun.CutAsync(new TrickleStream(["a", "bcde", "f", "g"]), chunkSize: 2));
        Assert.Equal(["abcdefg"], await ToolRun.CutAsync(new TrickleStream(["a", "bcde", "f", "g"]), chunkSize: 100));
        Assert.Equal(["abcdefg"], await ToolRun.CutAsync(new TrickleStream(["a", "bcde", "f", "g"]), chunkSize: int.MaxValue));
    }

    [Fact]
    public async Task Nothing_IsNoChunk() => Assert.Empty(await ToolRun.CutAsync(Stream.Null, chunkSize: 3));

    [Theory]
    [InlineData(ChunkReader.ReadSize - 1)]
    [InlineData(ChunkReader.ReadSize)]
    [InlineData(ChunkReader.ReadSize + 1)]
    [InlineData(3 * ChunkReader.ReadSize)]
    public async Task ChunksAreAsLongAsWanted_AlsoBeyondTheBuffer(int size)
    {
        string text = string.Concat(Enumerable.Range(0, 60_000).Select(index => $"{index},"));
        List<string> chunks = await ToolRun.CutAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), size);
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(size, chunk.Length));
        Assert.Equal(text, string.Concat(chunks));
    }
}
