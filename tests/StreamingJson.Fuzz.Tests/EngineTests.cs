using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Fuzz.Engine;
using Xunit;

namespace StreamingJson.Fuzz.Tests;

/// <summary>The parts of the loop that need no woven code.</summary>
public sealed class EngineTests
{
    [Theory]
    [InlineData("", 0, "", "")]
    [InlineData("07", 7, "", "")]
    [InlineData("0702", 7, "", "")]
    [InlineData("0702 01", 7, "01", "")]
    [InlineData("0702 0105 6162", 7, "0105", "6162")]
    [InlineData("FFF2 0105 6162", 255, "0105", "6162")]
    public void AnInput_IsFlagsCutsAndADocument(string bytes, byte flags, string cuts, string document)
    {
        byte[] input = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        var parts = new FuzzInput(input);
        Assert.Equal((flags, cuts, document), (parts.Flags, Convert.ToHexString(parts.Cuts), Convert.ToHexString(parts.Document)));
        Assert.Equal(document.Length / 2, input.Length - FuzzInput.DocumentStart(input));
        Assert.Equal(document, Convert.ToHexString([.. parts.Chunks().SelectMany(chunk => chunk.ToArray())]));
    }

    [Fact]
    public void AnEncodedInput_ReadsBack()
    {
        var parts = new FuzzInput(FuzzInput.Encode(9, [0, 3], "text"u8));
        Assert.Equal((9, "0,3", "text"), (parts.Flags, string.Join(',', parts.Cuts), Encoding.UTF8.GetString(parts.Document)));
        Assert.Equal([0, 3, 0, 1], parts.Chunks().Select(chunk => chunk.Length));
    }

    [Fact]
    public void Shrinking_LeavesWhatIsNeeded()
    {
        byte[] input = FuzzInput.Encode(0x41, [3, 1, 4], "some text with {a needle} in it, and more behind"u8);
        byte[] smallest = Shrinker.Shrink(input, candidate => new FuzzInput(candidate) is var parts && parts.Has(0x40) && parts.Document.AsSpan().IndexOf("needle"u8) >= 0);
        Assert.Equal(FuzzInput.Encode(0x40, [], "needle"u8), smallest);
    }

    [Fact]
    public void OneSeed_GivesOneSequenceOfInputs_NoneOfThemTooLong()
    {
        Assert.Equal(Mutations(5), Mutations(5));
        Assert.NotEqual(Mutations(5), Mutations(6));
        Assert.All(Mutations(7), input => Assert.InRange(input.Length, 0, 2 * 100));
        Assert.True(Mutations(8).Distinct().Count() > 900);
    }

    [Fact]
    public void ADictionary_HasTheEscapesOfAfl()
    {
        using FuzzProgram.TemporaryFile file = FuzzProgram.File("# no=\"comment\"\n\nword=\"data\"\n\"bare\"\nescaped=\"\\\"\\\\\\x00\\xC3\\xA9\"\n"u8);
        Assert.Equal(["64617461", "62617265", "225C00C3A9"], TokenDictionary.Load(file.Path).Select(Convert.ToHexString));
    }

    private static List<string> Mutations(ulong seed)
    {
        var random = new Randomness(seed);
        var mutator = new Mutator(random, ["token"u8.ToArray()], maxLength: 100);
        byte[] parent = FuzzInput.Encode(0, [2], "{\"a\":[1,2,3]}"u8);
        return [.. Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(mutator.Mutate(parent, "\0\0other"u8)))];
    }
}
