using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>Default values of the public structs: empty, or refused with the exception that is documented.</summary>
public class DefaultValuesTests
{
    [Fact]
    public void ADefaultSnapshot_IsEmpty()
    {
        JsonSnapshot snapshot = default;
        Assert.False(snapshot.HasValue);
        Assert.Equal(0, snapshot.ByteCount);
        Assert.Equal(JsonOutcome.Partial, snapshot.Outcome);
        Assert.Equal(JsonLeniencies.None, snapshot.Leniencies);
        Assert.Equal(InFlightKind.None, snapshot.InFlight.Kind);
        Assert.Equal("", snapshot.ToString());
        Assert.Equal(JsonValueKind.Undefined, snapshot.RootElement.ValueKind);
        Assert.Equal(JsonValueKind.Undefined, snapshot.ToJsonElement().ValueKind);
        Assert.Null(snapshot.ToJsonNode());
        Assert.False(snapshot.TryGetElement("", out _));
        Assert.False(snapshot.TryGetElement("/a/0", out _));
        Assert.False(snapshot.RootElements.GetEnumerator().MoveNext());
        Assert.ThrowsAny<JsonException>(() => snapshot.Deserialize(JsonTypeInfos.Of<int>()));
    }

    private static readonly (string Name, Action<PartialJsonElement> Read)[] NeedAValue =
    [
        ("item", e => _ = e[0]),
        ("length", e => e.GetArrayLength()),
        ("count", e => e.GetPropertyCount()),
        ("property", e => e.GetProperty("a")),
        ("array", e => e.EnumerateArray()),
        ("object", e => e.EnumerateObject()),
        ("string", e => e.GetString()),
        ("text", e => _ = e.TextUtf8.Length),
        ("raw", e => _ = e.RawUtf8.Length),
        ("raw text", e => e.GetRawText()),
        ("boolean", e => e.GetBoolean()),
        ("number", e => e.GetInt32()),
        ("try number", e => e.TryGetDouble(out _)),
        ("decimal", e => e.GetDecimal()),
        ("range", e => _ = e.ByteRange),
        ("leniencies", e => _ = e.Leniencies),
        ("pointer", e => e.GetPointer()),
    ];

    public static TheoryData<string, Action<PartialJsonElement>> Readings
    {
        get
        {
            var readings = new TheoryData<string, Action<PartialJsonElement>>();
            foreach ((string name, Action<PartialJsonElement> read) in NeedAValue)
            {
                readings.Add(name, read);
            }

            return readings;
        }
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void ADefaultElement_IsOfNoKind_AndSaysSo(string name, Action<PartialJsonElement> read)
    {
        Assert.NotEmpty(name);
        Assert.Throws<InvalidOperationException>(() => read(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("x")]
    [InlineData("12")]
    [InlineData("nul")]
    [InlineData("}{\"a\":1}")]
    public void WhileNothingOfAValueIsKnown_NothingIsFound_AndWhatNeedsAValueSaysWhy(string text)
    {
        using var parser = new StreamingJsonParser();
        parser.TryAppend(text);
        JsonSnapshot snapshot = parser.Snapshot;
        PartialJsonElement root = snapshot.RootElement;
        Assert.False(snapshot.HasValue);
        Assert.False(root.TryGetProperty("a", out _));
        Assert.False(root.TryGetElement("/a", out _));
        Assert.False(snapshot.TryGetElement("/a", out _));
        Assert.Equal("", root.ToString());
        Assert.Equal(JsonValueKind.Undefined, root.ToJsonElement().ValueKind);
        Assert.Null(root.ToJsonNode());
        foreach ((string _, Action<PartialJsonElement> read) in NeedAValue)
        {
            Assert.Contains("HasValue", Assert.Throws<InvalidOperationException>(() => read(root)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("HasValue", Assert.ThrowsAny<JsonException>(() => root.Deserialize(JsonTypeInfos.Of<int>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADefaultElement_IsEmptyWhereThatIsAnAnswer()
    {
        PartialJsonElement element = default;
        Assert.Equal(JsonValueKind.Undefined, element.ValueKind);
        Assert.False(element.IsComplete);
        Assert.Equal("", element.ToString());
        Assert.False(element.ValueEquals("a"));
        Assert.False(element.ValueEquals("a"u8));
        Assert.False(element.ValueEquals((string?)null));
        Assert.False(element.TryGetProperty("a", out _));
        Assert.False(element.TryGetProperty("a"u8, out _));
        Assert.False(element.TryGetElement("/a", out _));
        Assert.Throws<FormatException>(() => element.TryGetElement("a", out _));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            element.WriteTo(writer);
        }

        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void ADefaultProperty_Event_OrEnumerator_IsRefusedOrEmpty()
    {
        Assert.Throws<InvalidOperationException>(() => default(PartialJsonProperty).Name);
        Assert.Equal(JsonValueKind.Undefined, default(PartialJsonProperty).Value.ValueKind);
        Assert.Equal(JsonValueKind.Undefined, default(JsonEvent).Element.ValueKind);
        Assert.True(default(JsonEvent).TextUtf8.IsEmpty);
        Assert.True(default(JsonEvent).PropertyNameUtf8.IsEmpty);
        Assert.False(default(PartialJsonElement.ArrayEnumerator).MoveNext());
        Assert.False(default(PartialJsonElement.ObjectEnumerator).MoveNext());
        Assert.Equal(JsonValueKind.Undefined, default(PartialJsonElement.ArrayEnumerator).Current.ValueKind);
        Assert.Throws<InvalidOperationException>(() => default(PartialJsonElement.ObjectEnumerator).Current.Name);
        int count = 0;
        foreach (JsonEvent e in default(JsonEvents))
        {
            count += (int)e.Kind + 1;
        }

        Assert.Equal(0, count);
        JsonEvents.Enumerator enumerator = default;
        Assert.False(enumerator.MoveNext());
        enumerator.Dispose();
    }

    [Fact]
    public void AnEnumeratorBeforeItsFirstStep_HasNothing()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":[1,2]}"u8);
        PartialJsonElement.ObjectEnumerator members = parser.Snapshot.RootElement.EnumerateObject();
        Assert.Throws<InvalidOperationException>(() => members.Current.Name);
        PartialJsonElement.ArrayEnumerator items = parser.Snapshot.RootElement.GetProperty("a").EnumerateArray();
        Assert.Equal(JsonValueKind.Undefined, items.Current.ValueKind);
        while (items.MoveNext())
        {
            // to the end
        }

        Assert.False(items.MoveNext());
    }

    public static TheoryData<string, Action<PartialJsonElement>, Type> WrongKinds { get; } = new()
    {
        { "[1]", e => e.GetString(), typeof(InvalidOperationException) },
        { "[1]", e => e.GetPropertyCount(), typeof(InvalidOperationException) },
        { "[1]", e => _ = e[1], typeof(ArgumentOutOfRangeException) },
        { "[1]", e => _ = e[-1], typeof(ArgumentOutOfRangeException) },
        { "{\"a\":1}", e => e.GetProperty("b"), typeof(KeyNotFoundException) },
        { "{\"a\":1}", e => e.GetArrayLength(), typeof(InvalidOperationException) },
        { "{\"a\":1}", e => e.TryGetInt32(out _), typeof(InvalidOperationException) },
        { "\"a\"", e => e.GetInt64(), typeof(InvalidOperationException) },
        { "\"a\"", e => e.GetBoolean(), typeof(InvalidOperationException) },
        { "\"a\"", e => e.EnumerateArray(), typeof(InvalidOperationException) },
        { "1e400 ", e => e.GetDouble(), typeof(FormatException) },
        { "1e400 ", e => e.GetDecimal(), typeof(FormatException) },
        { "1.5 ", e => e.GetInt32(), typeof(FormatException) },
        { "-1 ", e => e.GetUInt64(), typeof(FormatException) },
        { "null", e => e.GetBoolean(), typeof(InvalidOperationException) },
        { "[1]", e => e.TryGetElement("a", out _), typeof(FormatException) },
        { "[1]", e => e.TryGetElement("/~2", out _), typeof(FormatException) },
    };

    [Theory]
    [MemberData(nameof(WrongKinds))]
    public void AValueOfAnotherKind_IsRefused_AsJsonElementDoes(string text, Action<PartialJsonElement> read, Type exception)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        Assert.Throws(exception, () => read(parser.Snapshot.RootElement));
    }
}
