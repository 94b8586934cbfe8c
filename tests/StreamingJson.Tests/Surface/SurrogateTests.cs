using System;
using System.Text;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>The escape of a high surrogate, and the byte behind it that decides what became of it.</summary>
public class SurrogateTests
{
    [Theory]
    [InlineData(0x1F, JsonErrorCode.ControlCharacterInString)]
    [InlineData(' ', JsonErrorCode.UnpairedSurrogate)]
    [InlineData('a', JsonErrorCode.UnpairedSurrogate)]
    [InlineData('"', JsonErrorCode.UnpairedSurrogate)]
    [InlineData(0x7F, JsonErrorCode.UnpairedSurrogate)]
    [InlineData(0x80, JsonErrorCode.InvalidUtf8)]
    [InlineData(0xC1, JsonErrorCode.InvalidUtf8)]
    [InlineData(0xC3, JsonErrorCode.UnpairedSurrogate)]
    [InlineData(0xF4, JsonErrorCode.UnpairedSurrogate)]
    [InlineData(0xF5, JsonErrorCode.InvalidUtf8)]
    public void WhereUnpairedOnesAreRefused_AByteThatMayNotStandThere_IsTheErrorOfItsOwn(byte next, JsonErrorCode code)
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { UnpairedSurrogates = UnpairedSurrogateHandling.Refuse });
        parser.Append("\"\\ud83d");
        Assert.False(parser.TryAppend([next]));
        Assert.Equal((code, 7), (parser.Error!.Code, parser.Error.ByteOffset));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("\\n")]
    [InlineData("\\ude00")]
    public void AtTheLimit_ItIsNotReplaced(string next)
    {
        foreach (bool isCut in new[] { false, true })
        {
            using var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxStringBytes = 8 } });
            byte[] text = Encoding.UTF8.GetBytes("\"aa\\ud83d" + next);
            Assert.True(!isCut || parser.TryAppend(text.AsSpan(0, 9)));
            Assert.False(parser.TryAppend(isCut ? text.AsSpan(9) : text));
            Assert.Equal((JsonErrorCode.StringLimit, 9), (parser.Error!.Code, parser.Error.ByteOffset));
            Assert.Equal("aa", parser.Snapshot.RootElement.GetString());
        }
    }

    [Fact]
    public void AtTheLimit_TheClosingQuoteDecides()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxStringBytes = 8 } });
        parser.Append("\"aa\\ud83d\"");
        parser.EnsureComplete();
        Assert.Equal("aa\uFFFD", parser.Snapshot.RootElement.GetString());
    }
}
