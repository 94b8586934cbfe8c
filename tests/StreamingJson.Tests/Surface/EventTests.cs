using System;
using System.Collections.Generic;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="StreamingJsonParser.Events"/>: what each operation did, read as tables of chunk and events.</summary>
public class EventTests
{
    /// <summary>Each chunk with the lines that <see cref="EventLines"/> makes of what it did; after them what <c>Complete</c> did.</summary>
    public static TheoryData<string, string[][]> Tables => new()
    {
        {
            "numbers and literals start when they are known", [
                ["12", ""],
                ["3 ", "started ", "completed  = 123"],
                ["END", "document completed"],
            ]
        },
        {
            "a number at the root is closed by the end", [
                ["-1.5", ""],
                ["END", "started ", "completed  = -1.5", "document completed"],
            ]
        },
        {
            "a string starts at its quote and grows", [
                ["{\"city\":", "started "],
                ["\"", "started /city"],
                ["Par", "delta /city \"Par\""],
                ["", ""],
                ["is\"", "delta /city \"is\"", "completed /city = \"Paris\""],
                ["}", "completed  = {\"city\":\"Paris\"}"],
                [" ", ""],
                ["END", "document completed"],
            ]
        },
        {
            "an empty string has no delta", [
                ["[\"\",\"", "started ", "started /0", "completed /0 = \"\"", "started /1"],
                ["\"]", "completed /1 = \"\"", "completed  = [\"\",\"\"]"],
            ]
        },
        {
            "an escape is held back until it is whole, also at the beginning of the string", [
                ["\"\\", "started "],
                ["n", "delta  \"\n\""],
                ["\\u00", ""],
                ["e9", "delta  \"é\""],
                ["x\\\"", "delta  \"x\"\""],
                ["\"", "completed  = \"\\né\\u0078\\u0022\""],
            ]
        },
        {
            "an escape after plain text", [
                ["\"ab\\", "started ", "delta  \"ab\""],
                ["t", "delta  \"\t\""],
                ["cd", "delta  \"cd\""],
            ]
        },
        {
            "plain text, then an escape in one chunk", [
                ["\"ab", "started ", "delta  \"ab\""],
                ["cd\\", "delta  \"cd\""],
                ["\\e", "delta  \"\\e\""],
            ]
        },
        {
            "a surrogate pair comes as one", [
                ["\"a\\ud83d", "started ", "delta  \"a\""],
                ["\\ude0", ""],
                ["0b", "delta  \"😀b\""],
            ]
        },
        {
            "an escaped high surrogate at the beginning", [
                ["\"\\ud83d", "started "],
                ["\\ude00", "delta  \"😀\""],
            ]
        },
        {
            "a surrogate without a partner is replaced when that is certain", [
                ["\"\\ud83d", "started "],
                ["x", "delta  \"\ufffdx\""],
            ]
        },
        {
            "children complete before their parents", [
                ["{\"a\":[1,{\"b\":null", "started ", "started /a", "started /a/0", "completed /a/0 = 1", "started /a/1", "started /a/1/b", "completed /a/1/b = null"],
                ["}],\"c\":[]", "completed /a/1 = {\"b\":null}", "completed /a = [1,{\"b\":null}]", "started /c", "completed /c = []"],
                ["}", "completed  = {\"a\":[1,{\"b\":null}],\"c\":[]}"],
            ]
        },
        {
            "old containers end among new values", [
                ["[[[\"x", "started ", "started /0", "started /0/0", "started /0/0/0", "delta /0/0/0 \"x\""],
                ["\"],2],[3", "completed /0/0/0 = \"x\"", "completed /0/0 = [\"x\"]", "started /0/1", "completed /0/1 = 2", "completed /0 = [[\"x\"],2]", "started /1"],
                ["]]", "started /1/0", "completed /1/0 = 3", "completed /1 = [3]", "completed  = [[[\"x\"],2],[3]]"],
            ]
        },
        {
            "several root values", [
                ["1 \"x", "started ", "completed  = 1", "started ", "delta  \"x\""],
                ["\"{}", "completed  = \"x\"", "started ", "completed  = {}"],
                ["END", "document completed"],
            ]
        },
        {
            "a truncated text is not completed", [
                ["[1,2", "started ", "started /0", "completed /0 = 1"],
                ["END"],
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void EachOperation_DidThis(string what, string[][] table)
    {
        Assert.NotEmpty(what);
        using var parser = new StreamingJsonParser(new() { AllowMultipleValues = what.Contains("several", StringComparison.Ordinal) });
        foreach (string[] row in table)
        {
            if (row[0] == "END")
            {
                parser.Complete();
            }
            else
            {
                parser.Append(Encoding.UTF8.GetBytes(row[0]));
            }

            string[] expected = row[1..] is [""] ? [] : row[1..];
            Assert.Equal(expected, Normalised(EventLines.Of(parser), expected));
        }
    }

    [Fact]
    public void AUtf8Sequence_IsHeldBackUntilItIsWhole()
    {
        using var parser = new StreamingJsonParser();
        var deltas = new List<string>();
        foreach (byte next in "\"aé😀\""u8)
        {
            parser.Append([next]);
            foreach (JsonEvent change in parser.Events)
            {
                if (change.Kind == JsonEventKind.StringDelta)
                {
                    deltas.Add(Utf8(change.TextUtf8));
                }
            }
        }

        Assert.Equal(["a", "é", "😀"], deltas);
    }

    [Fact]
    public void AnInvalidText_ToldWhatWasBefore_AndNothingLater()
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend("[1,\"ab\u0001"u8));
        Assert.Equal(["started ", "started /0", "completed /0 = 1", "started /1", "delta /1 \"ab\""], EventLines.Of(parser));
        Assert.False(parser.TryAppend("\"]"u8));
        Assert.Empty(EventLines.Of(parser));
    }

    [Fact]
    public void NameIndexDepthAndRange()
    {
        using StreamingJsonParser parser = Append("{\"a\":7,\"b\\n\":[true,{\"\":\"x\"}]}");
        var seen = new List<string>();
        foreach (JsonEvent change in parser.Events)
        {
            if (change.Kind != JsonEventKind.Started)
            {
                (int start, int end) = change.ByteRange;
                seen.Add($"{change.Kind} '{Utf8(change.PropertyNameUtf8)}' #{change.Index} @{change.Depth} {start}..{end} '{Utf8(change.TextUtf8)}'");
            }
        }

        Assert.Equal(
            [
                "Completed 'a' #0 @1 5..6 ''",
                "Completed '' #0 @2 14..18 ''",
                "StringDelta '' #0 @3 23..26 'x'",
                "Completed '' #0 @3 23..26 ''",
                "Completed '' #1 @2 19..27 ''",
                "Completed 'b\n' #1 @1 13..28 ''",
                "Completed '' #0 @0 0..29 ''",
            ],
            seen);
    }

    [Fact]
    public void TheElementOfAnEvent_IsThatAfterTheOperation()
    {
        using StreamingJsonParser parser = Append("[1,2,\"x");
        foreach (JsonEvent change in parser.Events)
        {
            if (change.Kind == JsonEventKind.Started && change.Depth == 0)
            {
                Assert.Equal("[1,2,\"x\"]", change.Element.ToString());
                Assert.False(change.Element.IsComplete);
            }
        }
    }

    [Fact]
    public void Events_AreThoseOfTheLastOperation_AndNotReadLater()
    {
        using StreamingJsonParser parser = Append("[1,");
        JsonEvents events = parser.Events;
        Assert.Equal(3, Count(events));
        Assert.Equal(3, Count(events));
        using JsonEvents.Enumerator started = events.GetEnumerator();
        Assert.True(started.MoveNext());
        parser.Append("2,"u8);
        InvalidOperationException? thrown = null;
        try
        {
            started.MoveNext();
        }
        catch (InvalidOperationException e)
        {
            thrown = e;
        }

        Assert.NotNull(thrown);
        Assert.Throws<InvalidOperationException>(() => Count(events)); // also one that had not begun
        Assert.Equal(2, Count(parser.Events));
        parser.Append(""u8);
        Assert.Equal(0, Count(parser.Events));
    }

    [Fact]
    public void ANewParser_HasNoEvents()
    {
        using var parser = new StreamingJsonParser();
        Assert.Empty(EventLines.Of(parser));
    }

    [Fact]
    public void AnEvent_OutlivesTheNextOperations_AsASnapshotDoes()
    {
        using StreamingJsonParser parser = Append("{\"a\":\"x");
        JsonEvent delta = default;
        foreach (JsonEvent change in parser.Events)
        {
            delta = change;
        }

        parser.Append("yz\",\"b\":1}"u8);
        Assert.Equal("x", Utf8(delta.TextUtf8));
        Assert.Equal("\"x\"", delta.Element.ToString());
        Assert.Equal("/a", delta.GetPointer());
        parser.Reset();
        Assert.Throws<InvalidOperationException>(() => delta.GetPointer());
        Assert.Throws<InvalidOperationException>(() => default(JsonEvent).GetPointer());
        Assert.Throws<InvalidOperationException>(() => default(JsonEvent).Index);
        Assert.True(default(JsonEvent).PropertyNameUtf8.IsEmpty);
    }

    [Fact]
    public void AfterReset_ThereIsNothing()
    {
        using StreamingJsonParser parser = Append("[1,2]");
        parser.Reset();
        Assert.Empty(EventLines.Of(parser));
        parser.Append("[3"u8);
        Assert.Equal(["started "], EventLines.Of(parser));
    }

    [AllocationFact]
    public void LookingAtEvents_AllocatesNothing()
    {
        using var parser = new StreamingJsonParser();
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            long sum = 0;
            foreach (byte next in "{\"a\":[1,\"x\\n\",{}],\"b\":[[[]]]}"u8)
            {
                parser.Append([next]);
                foreach (JsonEvent change in parser.Events)
                {
                    sum += change.TextUtf8.Length + change.PropertyNameUtf8.Length + change.Index;
                }
            }

            GC.KeepAlive(sum == 0 ? "never" : null);
        }));
    }

    private static int Count(JsonEvents events)
    {
        int count = 0;
        foreach (JsonEvent change in events)
        {
            _ = change;
            count++;
        }

        return count;
    }

    // What a table writes with escapes of its own is the same value.
    private static List<string> Normalised(List<string> lines, string[] expected)
    {
        for (int index = 0; index < lines.Count && index < expected.Length; index++)
        {
            int value = expected[index].IndexOf(" = ", StringComparison.Ordinal);
            int actual = lines[index].IndexOf(" = ", StringComparison.Ordinal);
            if (value >= 0 && actual == value && GrowingValue.From(Parse(lines[index][(actual + 3)..])).Matches(expected[index][(value + 3)..]))
            {
                lines[index] = lines[index][..actual] + expected[index][value..];
            }
        }

        return lines;
    }

    private static System.Text.Json.JsonElement Parse(string json) => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(json);
}
