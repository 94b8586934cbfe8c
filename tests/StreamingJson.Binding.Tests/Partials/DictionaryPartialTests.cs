using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>Dictionaries of every kind that keys and values come in, at every cut: what the serializer makes of the whole text, and no fault on the way.</summary>
public class DictionaryPartialTests
{
    private const string Texts = """{"a":"x","b\n":"yë","c":"","d":"last one"}""";
    private const string Numbers = """{"1":12,"-7":0,"30":345}""";

    [Fact]
    public void StringToString_AsAMember() => Check<Holder<Dictionary<string, string>>>("{\"Entries\":" + Texts + ",\"N\":12}");

    [Fact]
    public void StringToString_AtTheRoot() => Check<Dictionary<string, string>>(Texts);

    [Fact]
    public void StringToString_Generated() => Check(Texts, (JsonTypeInfo<Dictionary<string, string>>)ContractContext.Default.GetTypeInfo(typeof(Dictionary<string, string>))!);

    [Fact]
    public void StringToString_WithNulls() => Check<Holder<Dictionary<string, string?>>>("""{"Entries":{"a":null,"b":"x","c":null},"N":1}""");

    [Fact]
    public void StringToString_Sorted() => Check<Holder<SortedDictionary<string, string>>>("{\"Entries\":" + Texts + ",\"N\":12}");

    [Fact]
    public void StringToString_ByInterface() => Check<Holder<IDictionary<string, string>>>("{\"Entries\":" + Texts + ",\"N\":12}");

    [Fact]
    public void StringToString_ByInterfaceToRead() => Check<Holder<IReadOnlyDictionary<string, string>>>("{\"Entries\":" + Texts + ",\"N\":12}");

    [Fact]
    public void StringToString_Immutable() => Check<Holder<ImmutableDictionary<string, string>>>("{\"Entries\":" + Texts + ",\"N\":12}");

    [Fact]
    public void StringToString_Nested() => Check<Dictionary<string, Dictionary<string, string>>>("{\"p\":" + Texts + ",\"q\":{},\"r\":" + Texts + "}");

    [Fact]
    public void StringToString_InAList() => Check<Holder<List<Dictionary<string, string>>>>("{\"Entries\":[" + Texts + ",{}," + Texts + "],\"N\":12}");

    [Fact]
    public void StringToInt() => Check<Holder<Dictionary<string, int>>>("{\"Entries\":" + Numbers + ",\"N\":12}");

    [Fact]
    public void StringToList() => Check<Holder<Dictionary<string, List<string>>>>("""{"Entries":{"a":["x","yy"],"b":[],"c":["z"]},"N":12}""");

    [Fact]
    public void StringToObject() => Check<Holder<Dictionary<string, object>>>("""{"Entries":{"a":["x","yy"],"b":null,"c":"z"},"N":12}""");

    [Fact]
    public void EnumToString() => Check<Holder<Dictionary<DayOfWeek, string>>>("""{"Entries":{"Monday":"x","Friday":"yy"},"N":12}""");

    [Fact]
    public void IntToString() => Check<Holder<Dictionary<int, string>>>("""{"Entries":{"1":"x","-20":"yy"},"N":12}""");

    [Fact]
    public void IntToInt() => Check<Holder<Dictionary<int, int>>>("{\"Entries\":" + Numbers + ",\"N\":12}");

    [Fact]
    public void LongToLong() => Check<Holder<SortedDictionary<long, long>>>("{\"Entries\":" + Numbers + ",\"N\":12}");

    [Fact]
    public void GuidToGuid() => Check<Dictionary<Guid, Guid>>("""{"5d3c1c5e-24b5-4e4e-9c0f-0a3f6f2b8a11":"5d3c1c5e-24b5-4e4e-9c0f-0a3f6f2b8a12"}""");

    [Fact]
    public void EnumToTheSameEnum() => Check<Holder<Dictionary<DayOfWeek, DayOfWeek>>>("""{"Entries":{"Monday":2,"Friday":0},"N":12}""");

    [Fact]
    public void DecimalToDecimal() => Check<Holder<Dictionary<decimal, decimal>>>("{\"Entries\":" + Numbers + ",\"N\":12}");

    [Fact]
    public void TheEntriesSoFar_AreSeen_TheNewestGrowing()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Holder<Dictionary<string, string>>> reader = parser.ReadPartial(Contracts.With<Holder<Dictionary<string, string>>>(Plain));
        parser.Append("""{"Entries":{"a":"x","b":"gro""");
        Assert.Equal([new("a", "x"), new("b", "gro")], reader.Read().Value!.Entries!);
    }

    private static void Plain(JsonSerializerOptions options) => options.PropertyNamingPolicy = null;

    private static void Check<T>(string text)
        where T : class => Check(text, Contracts.With<T>(Plain));

    private static void Check<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string expected = JsonSerializer.Serialize(JsonSerializer.Deserialize(bytes, type)!, type);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal((cut, expected), (cut, ReadInPieces(bytes, type, cut, bytes.Length)));
        }

        Assert.Equal(expected, ReadInPieces(bytes, type, 0, 1));
        Assert.Equal(expected, ReadInPieces(bytes, type, 0, 3));
    }

    // The first bytes, then pieces of a size; looked at after each.
    private static string ReadInPieces<T>(byte[] bytes, JsonTypeInfo<T> type, int first, int size)
        where T : class
    {
        using var parser = new StreamingJsonParser();
        PartialReader<T> reader = parser.ReadPartial(type);
        int length = first;
        parser.Append(bytes.AsSpan(0, first));
        Assert.Null(reader.Read().Error);
        for (; length < bytes.Length; length += size)
        {
            parser.Append(bytes.AsSpan(length, Math.Min(size, bytes.Length - length)));
            Assert.Null(reader.Read().Error);
        }

        parser.EnsureComplete();
        return JsonSerializer.Serialize(reader.Read().GetCompleteValue()!, type);
    }

    public sealed record Holder<T>(T? Entries, int N);
}
