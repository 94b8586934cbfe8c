using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// No text of the input gets where nobody asked for it: into exceptions (also those of misuse), or into what an object prints of itself.
/// (<see cref="Misuse.ErrorTests"/> has the errors of texts.)
/// </summary>
public class CanaryTests
{
    private const string Canary = "CANARY7F3A";

    /// <summary>The types that print a text on purpose: closed JSON of a value.</summary>
    private static readonly Type[] Printing = [typeof(JsonSnapshot), typeof(PartialJsonElement)];

    [Fact]
    public void NoOtherTypeOfTheLibrary_PrintsWhatItHolds()
    {
        // Records print their properties: options, limits and meters, none of which is text.
        IEnumerable<Type> printing = typeof(StreamingJsonParser).Assembly.GetTypes()
            .Where(type => !type.IsEnum && type.Namespace?.StartsWith("StreamingJson", StringComparison.Ordinal) == true)
            .Where(type => type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly, Type.EmptyTypes) is not null)
            .Where(type => !Printing.Contains(type));
        Assert.All(printing, type => Assert.All(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.True(property.PropertyType.IsValueType || property.PropertyType == typeof(JsonLimits), $"{type}.{property.Name}")));
    }

    [Fact]
    public void TheExceptionsOfMisuse_AndWhatObjectsPrint_HoldNothingOfTheText()
    {
        string text = $"{{\"{Canary}\":[\"{Canary}\",{{\"x{Canary}\":12}}],\"n\":1e400,\"cut\":\"{Canary}";
        var parser = new StreamingJsonParser();
        parser.Append(text);
        PartialJsonElement root = parser.Snapshot.RootElement;
        PartialJsonElement array = root.GetProperty(Canary);
        JsonEvents.Enumerator events = parser.Events.GetEnumerator();
        Assert.True(events.MoveNext());
        List<string?> printed =
        [
            parser.ToString(), parser.Options.ToString(), parser.Meters.ToString(), parser.Snapshot.InFlight.Kind.ToString(), events.Current.ToString(),
            new StreamingJsonParser().Error?.ToString(),
        ];
        events.Dispose();
        Action[] misuse =
        [
            () => root.GetProperty("x" + Canary), () => array[0].GetInt32(), () => _ = array[99], () => root.GetString(), () => root.GetProperty("n").GetDouble(),
            () => array[0].EnumerateObject(), () => root.TryGetElement(Canary, out _), () => root.TryGetElement("/" + Canary + "/~9", out _),
            () => root.Deserialize(JsonTypeInfos.Of<int>()), () => array.Deserialize(JsonTypeInfos.Of<Dictionary<string, int>>()),
            () => { parser.Complete(); parser.Append("1"u8); },
            () => parser.EnsureComplete(),
            () => { parser.Reset(); _ = root.ValueKind; },
            () => { parser.Dispose(); parser.Append("1"u8); },
        ];
        foreach (Action act in misuse)
        {
            Exception? thrown = Record.Exception(act);
            Assert.NotNull(thrown);
            for (Exception? e = thrown; e is not null; e = e.InnerException)
            {
                Assert.Empty(e.Data);
                if (e is not StreamingJsonException { Pointer: var pointer })
                {
                    printed.Add(e.Message);
                }
                else
                {
                    printed.Add(e.ToString());
                    Assert.Equal("/cut", pointer);
                }
            }
        }

        Assert.All(printed, line => Assert.DoesNotContain(Canary, line ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void BuffersThatHeldText_ComeBackCleared_AlsoThoseOfAParserWithoutATape()
    {
        var pool = new WatchingPool();
        using (var parser = new JsonEventParser<SilentHandler>(default, StreamingJsonOptions.Default, new Events.EventPools { Bytes = pool }))
        {
            parser.Append(Encoding.UTF8.GetBytes($"{{\"{Canary}\\n\":1234567"));
        }

        Assert.Equal(2, pool.Returns);
        Assert.All(pool.Cleared, Assert.True);

        // And after a reset, what the first text was is not there for the pool's next user either.
        using (var parser = new StreamingJsonParser(StreamingJsonOptions.Default, new() { Bytes = pool }))
        {
            parser.Append($"[\"{Canary}\\n{Canary}\"]");
            parser.Reset();
            parser.Append("[]"u8);
        }

        Assert.Equal(4, pool.Returns);
        Assert.All(pool.Cleared, Assert.True);
    }

    /// <summary>The array of the names is no pool's, and is kept by the parser from one text to the next.</summary>
    [Theory]
    [InlineData("outer", false)]
    [InlineData("closed", true)]
    public void NamesOfObjects_OpenOrClosed_AreClearedByAReset(string name, bool isClosed)
    {
        var names = new Buffers.PropertyNameSet();
        byte[] text = Assert.IsType<byte[]>(typeof(Buffers.PropertyNameSet).GetField("_text", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(names));
        names.StartContainer();
        names.StartContainer();
        Assert.True(names.TryAdd(Encoding.UTF8.GetBytes(Canary + name)));
        Assert.True(text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) >= 0);
        if (isClosed)
        {
            names.EndContainer();
        }

        names.Clear();
        Assert.All(text, value => Assert.Equal(0, value));
    }

    private sealed class WatchingPool : System.Buffers.ArrayPool<byte>
    {
        public List<bool> Cleared { get; } = [];

        public int Returns => Cleared.Count;

        public override byte[] Rent(int minimumLength) => new byte[minimumLength];

        public override void Return(byte[] array, bool clearArray = false) => Cleared.Add(clearArray);
    }
}
