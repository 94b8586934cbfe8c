using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>Whether a name stands twice in an object, anywhere: what an executed call must not depend on.</summary>
public class RepeatedNamesTests
{
    // The first two look alike to what decides whether an object is worth a closer look.
    private static readonly string[] Names = ["ag", "eb", "a", "\\u0061"];

    private static readonly string[] Values = ["1", "{}", "[{\"eb\":1},{\"ag\":[],\"eb\":2}]", "{\"ag\":{\"a\":1},\"eb\":0}"];

    [Fact]
    public void OfUpToFourNames_AreThoseThatTheTextHas()
    {
        foreach (string value in Values)
        {
            foreach (string[] names in Sequences(PropertySettings.IsQuick ? 3 : 4))
            {
                string text = "{" + string.Join(',', names.Select(name => $"\"{name}\":{value}")) + "}";
                AssertSame(text);
                AssertSame("[" + text + ",{\"o\":" + text + ",\"ag\":" + value + ",\"x\":1}]");
            }
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void OfManyNames_AreThoseThatTheTextHas(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"n{i}")];
        AssertSame(Object(names));
        foreach ((int first, int second) in new[] { (0, count - 1), (0, 1), (count - 2, count - 1), (count / 2, count - 1) })
        {
            string[] repeated = [.. names];
            repeated[second] = repeated[first];
            AssertSame(Object(repeated));
            AssertSame("{\"before\":" + Object(names) + ",\"after\":" + Object(repeated) + "}");
        }
    }

    /// <summary>So nobody takes a closer look at them, and a look-up may end at the first name that fits.</summary>
    [Theory]
    [InlineData("path old_text new_text")]
    [InlineData("model messages temperature stream tools")]
    [InlineData("role content name")]
    [InlineData("x y width height")]
    [InlineData("command type timeout")]
    [InlineData("name label color")]
    public void TheNamesOfUsualObjects_AreToldApartAtOnce(string names)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(Encoding.UTF8.GetBytes(Object(names.Split(' '))));
        Assert.Equal(0, parser.Snapshot.View.Document.RepeatMarks);
    }

    [Fact]
    public void AfterAReset_NothingIsLeftOfThem()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1,{\"a\":1,\"a\":2}]"u8);
        Assert.True(parser.Snapshot.HasRepeatedNames);
        parser.Reset();
        parser.Append("[1]                    "u8);
        Assert.False(parser.Snapshot.HasRepeatedNames);
    }

    private static string Object(IEnumerable<string> names) => "{" + string.Join(',', names.Select((name, i) => $"\"{name}\":{(i % 3 == 0 ? "[{},[1]]" : "1")}")) + "}";

    private static IEnumerable<string[]> Sequences(int length) =>
        length == 0 ? [[]] : Sequences(length - 1).SelectMany(start => start.Length < length - 1 ? [start] : Names.Select(name => (string[])[.. start, name]).Prepend(start));

    private static void AssertSame(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        using var parser = new StreamingJsonParser();
        parser.Append(Encoding.UTF8.GetBytes(text));
        Assert.True(HasRepeatedNames(document.RootElement) == parser.Snapshot.HasRepeatedNames, text);
    }

    private static bool HasRepeatedNames(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().DistinctBy(property => property.Name).Count() != element.EnumerateObject().Count()
            || element.EnumerateObject().Any(property => HasRepeatedNames(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasRepeatedNames),
        _ => false,
    };
}
