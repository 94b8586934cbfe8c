using System;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

public sealed class Crc32Tests(ITestOutputHelper output)
{
    [Fact]
    public void TheCheckValueOfTheCatalogue_IsComputed() => Assert.Equal(0xCBF43926, Crc32.Compute("123456789"u8));

    /// <summary>By tables or in blocks, with any number of bytes left over: bit by bit it is the same.</summary>
    [Fact]
    public void EveryLength_IsAsBitByBit()
    {
        var random = new Random((int)Seed.Take(output));
        byte[] bytes = new byte[300];
        random.NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(MessageBuilder.Crc(bytes.AsSpan(0, length)), Crc32.Compute(bytes.AsSpan(0, length)));
            Assert.Equal(MessageBuilder.Crc(bytes.AsSpan(bytes.Length - length)), Crc32.Compute(bytes.AsSpan(bytes.Length - length)));
        }
    }
}
