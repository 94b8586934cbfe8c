using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using Xunit.Sdk;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>A generator that quietly stopped to make something would make the properties weaker, not red.</summary>
public class GeneratorTests
{
    [Fact]
    public void Documents_HaveEverything()
    {
        string[] texts = Texts(Generators.Documents);
        string[] wanted =
        [
            "{", "[", "\"\"", "true", "false", "null", "\\n", "\\/", "\\\"", "\\u00", "\\ud8", "\\uD8", "-0", "1e400",
            "9223372036854775808", "\r\n", "\t", "\uD83D\uDE00", "\u2028", "\uFFFF", "\"\":", "\\u0061",
        ];
        Assert.All(wanted, piece => Assert.Contains(texts, text => text.Contains(piece)));
        Assert.Contains(texts, text => text.Length > 1000);
        Assert.Contains(texts, text => text.Trim().Length <= 2);
        Assert.Contains(texts, text => Depth(text) >= 5);
    }

    [Fact]
    public void Names_AreDistinct_UnlessAskedFor()
    {
        Assert.DoesNotContain(Texts(Generators.Documents), HasDuplicates);
        Assert.Contains(Texts(Generators.DocumentsWithDuplicateNames), HasDuplicates);
    }

    [Fact]
    public void Mutations_AreMostlyInvalid_ButNotAll()
    {
        ILookup<RecognizerOutcome, JsonText> outcomes = Sample(Generators.Mutations, 500).ToLookup(text => JsonPushdownRecognizer.Recognize(text.Bytes).Outcome);
        Assert.True(outcomes[RecognizerOutcome.Invalid].Count() > 150);
        Assert.True(outcomes[RecognizerOutcome.Prefix].Count() > 20);
        Assert.True(outcomes[RecognizerOutcome.Complete].Count() > 20);
    }

    [Fact]
    public void Shrinking_StaysValid_AndDistinct() => PropertyRunner.Check(
        Generators.Documents,
        text =>
        {
            foreach (JsonText smaller in text.Shrink().Take(50))
            {
                Assert.Equal(RecognizerOutcome.Complete, JsonPushdownRecognizer.Recognize(smaller.Bytes).Outcome);
                Assert.False(HasDuplicates(Encoding.UTF8.GetString(smaller.Bytes)));
            }
        },
        maxTest: 50);

    [Fact]
    public void Failures_ShrinkToTheSmallestDocument_AndNameTheirSeed()
    {
        var failure = Assert.Throws<XunitException>(() => PropertyRunner.Check(
            Generators.Documents, text => Assert.False(HasArray(text.Bytes)), maxTest: 1000));
        Assert.Contains(PropertySettings.SeedVariable + "=", failure.Message);
        Assert.Contains("2 bytes: []", failure.Message);
    }

    private static string[] Texts(Arbitrary<JsonText> documents) =>
        [.. Sample(documents, 1500).Select(text => Encoding.UTF8.GetString(text.Bytes))];

    [Fact]
    public void ASeed_RepeatsARun()
    {
        string[] Run(ulong seed)
        {
            var texts = new List<string>();
            PropertyRunner.Check(Generators.Documents, Generators.Cuts, (text, cuts) => texts.Add($"{text} {cuts}"), maxTest: 20, seed);
            return [.. texts];
        }

        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    /// <summary>Always the same sample: whether a rare piece occurs must not depend on luck.</summary>
    private static JsonText[] Sample(Arbitrary<JsonText> texts, int count) => texts.Generator.Sample(count, new Rnd(1), 100);

    private static bool HasDuplicates(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Objects(document.RootElement).Any(o => o.EnumerateObject().GroupBy(p => p.Name).Any(g => g.Count() > 1));
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private static bool HasArray(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        bool found = false;
        while (reader.Read())
        {
            found |= reader.TokenType == JsonTokenType.StartArray;
        }

        return found;
    }

    private static int Depth(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        int depth = 0;
        while (reader.Read())
        {
            depth = int.Max(depth, reader.CurrentDepth);
        }

        return depth;
    }
}
