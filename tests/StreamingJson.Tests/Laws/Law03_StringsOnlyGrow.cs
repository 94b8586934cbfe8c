using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 3. Strings only grow: a string appears at its opening quote and every later text starts with every earlier one. Never half a UTF-8
/// sequence, half an escape, or a high surrogate without its partner.
/// </summary>
public class Law03_StringsOnlyGrow
{
    [Fact]
    public void EveryLaterText_StartsWithEveryEarlierOne() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            var texts = new Dictionary<int, byte[]>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                foreach (PartialJsonElement element in Strings(parser.Snapshot))
                {
                    byte[] earlier = texts.GetValueOrDefault(element.ByteRange.Start, []);
                    Assert.True(element.TextUtf8.StartsWith(earlier));
                    Assert.NotNull(Observed.Value(element)); // decodes it strictly
                    texts[element.ByteRange.Start] = element.TextUtf8.ToArray();
                }
            }
        });

    [Fact]
    public void TheDeltas_JoinedInOrder_AreTheText() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser();
            var texts = new Dictionary<int, List<byte>>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(chunk.Span);
                foreach (JsonEvent e in parser.Events)
                {
                    if (e.Kind == JsonEventKind.Started)
                    {
                        texts[e.ByteRange.Start] = [];
                    }
                    else if (e.Kind == JsonEventKind.StringDelta)
                    {
                        texts[e.ByteRange.Start].AddRange(e.TextUtf8.ToArray());
                    }
                }

                foreach (PartialJsonElement element in Strings(parser.Snapshot))
                {
                    Assert.Equal(element.TextUtf8.ToArray(), texts[element.ByteRange.Start]);
                }
            }
        });

    [Theory]
    [InlineData("\"ab\"", "|a|ab|ab")]
    [InlineData("\"\"", "|")]
    [InlineData("\"a\\nb\"", "|a|a|a\n|a\nb|a\nb")]
    [InlineData("\"\\u00e9!\"", "||||||é|é!|é!")]
    [InlineData("\"\\ud83d\\ude00\"", "||||||||||||\U0001F600|\U0001F600")]
    [InlineData("\"\\ud83dx\"", "|||||||\uFFFDx|\uFFFDx")]
    [InlineData("\"\\ud83d\"", "|||||||\uFFFD")]
    [InlineData("\"\\ud83d\\n\"", "||||||||\uFFFD\n|\uFFFD\n")]
    [InlineData("\"\\ud83d\\u0041\"", "|||||||||\uFFFD|\uFFFD|\uFFFD|\uFFFDA|\uFFFDA")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "||||||||||\uFFFD|\uFFFD|\uFFFD|\uFFFD|\uFFFD|\uFFFD|\uFFFD|\uFFFD|\uFFFD\U0001F600|\uFFFD\U0001F600")]
    [InlineData("\"\\ude00\"", "||||||\uFFFD|\uFFFD")]
    public void EscapesCutAtEachByte_AreHeldBackUntilTheyAreCertain(string text, string expected) =>
        Assert.Equal(expected, TextsAtEachByte(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Utf8SequencesCutAtEachByte_AreHeldBackUntilTheyAreWhole() =>
        Assert.Equal("||é|é|é|é€|é€|é€|é€|é€\U0001F600|é€\U0001F600", TextsAtEachByte("\"é€\U0001F600\""u8.ToArray()));

    [Fact]
    public void AStringAppears_AtItsOpeningQuote()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[ \""u8);
        PartialJsonElement element = parser.Snapshot.RootElement[0];
        Assert.Equal(JsonValueKind.String, element.ValueKind);
        Assert.Equal("", element.GetString());
        Assert.False(element.IsComplete);
        Assert.Equal((2, 3), element.ByteRange);
    }

    [SlowFact]
    public void EveryCodePoint_RawOrEscaped_ReadsAsItself_WhereverItIsCut()
    {
        using var parser = new StreamingJsonParser();
        foreach (Rune rune in Enumerable.Range(0x20, 0x10FFFF - 0x1F).Where(Rune.IsValid).Where(IsNearAnEdge).Select(c => new Rune(c)))
        {
            string raw = rune.Value is '"' or '\\' ? "\\" + rune : rune.ToString();
            string escaped = string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}"));
            byte[] text = Encoding.UTF8.GetBytes($"\"{raw}{escaped}\"");
            for (int cut = 0; cut < text.Length; cut++)
            {
                parser.Reset();
                parser.Append(text.AsSpan(0, cut));
                parser.Append(text.AsSpan(cut));
                Assert.Equal(rune.ToString() + rune, parser.Snapshot.RootElement.GetString());
            }
        }
    }

    [Fact]
    public void EverySurrogateEscape_WithoutItsPartner_ReadsAsTheReplacementCharacter_AndTheRawTextKeepsIt()
    {
        using var parser = new StreamingJsonParser();
        foreach (int unit in Enumerable.Range(0xD800, 0x800).Where(unit => !PropertySettings.IsQuick || IsNearAnEdge(unit)))
        {
            foreach (string next in new[] { "", "a", "é", "\\n", "\\u0041", "\\ud800\\udc00" })
            {
                string text = $"\"\\u{unit:X4}{next}\"";
                parser.Reset();
                parser.Append(text);
                Assert.True(parser.Snapshot.RootElement.IsComplete);
                Assert.Equal('\uFFFD' + JsonSerializer.Deserialize<string>($"\"{next}\""), parser.Snapshot.RootElement.GetString());
                Assert.Equal(text, parser.Snapshot.RootElement.GetRawText());
                Assert.Equal(JsonLeniencies.ReplacedSurrogate, parser.Snapshot.RootElement.Leniencies);
            }
        }
    }

    private static bool IsNearAnEdge(int codePoint) => codePoint < 0x180 || codePoint % 0x400 is < 2 or > 0x3FD || codePoint % 1009 == 0;

    private static IEnumerable<PartialJsonElement> Strings(JsonSnapshot snapshot) =>
        Observed.ValuesPostOrder(snapshot).Where(element => element.ValueKind == JsonValueKind.String);

    private static string TextsAtEachByte(byte[] text)
    {
        using var parser = new StreamingJsonParser();
        var texts = new List<string>();
        foreach (byte b in text)
        {
            parser.Append([b]);
            texts.Add(parser.Snapshot.RootElement.GetString()!);
        }

        return string.Join('|', texts);
    }
}
