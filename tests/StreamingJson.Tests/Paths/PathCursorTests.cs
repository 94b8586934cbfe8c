using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Paths;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Paths;

/// <summary>The walk along the tape tells of the selected values what <see cref="JsonEvents"/> tell of all.</summary>
public class PathCursorTests
{
    private const PathEventKinds All = PathEventKinds.Started | PathEventKinds.TextDelta | PathEventKinds.Completed;

    // Up to forty patterns are more positions than one word has bits.
    private static readonly Arbitrary<PathQuery[]> ListsOfQueries = Arb.From(
        from count in Gen.Frequency((4, Gen.Choose(1, 4)), (1, Gen.Choose(30, 40)))
        from queries in PathQueries.Queries.Generator.ArrayOf(count)
        select queries,
        queries => queries.Length > 1
            ? queries.Select((_, at) => queries.Where((_, index) => index != at).ToArray())
            : PathQueries.Queries.Shrinker(queries[0]).Select(smaller => new[] { smaller }));

    [Fact]
    public void EachPattern_IsToldOfItsValues_WhenTheEventsOfTheParserAre() => PropertyRunner.Check(
        ListsOfQueries,
        Generators.Documents,
        Generators.Cuts,
        (queries, text, cuts) =>
        {
            using JsonDocument whole = JsonDocument.Parse(text.Bytes);
            using var parser = new StreamingJsonParser();
            HashSet<int>[] selected = [.. queries.Select(query => StartsOf(query, whole.RootElement, text.Bytes))];
            PathCursor cursor = CursorOf(queries, All);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                AssertAgrees(parser, cursor, selected);
            }

            parser.Complete();
            AssertAgrees(parser, cursor, selected);
        });

    [Fact]
    public void ALateCursor_IsToldOnce_WhatThereWas() => PropertyRunner.Check(
        ListsOfQueries,
        Generators.Documents,
        Generators.Cuts,
        (queries, text, cuts) =>
        {
            using var parser = new StreamingJsonParser();
            PathCursor cursor = CursorOf(queries, PathEventKinds.Started | PathEventKinds.Completed);
            var early = new List<string>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                early.AddRange(Read(parser, cursor));
            }

            parser.Complete();
            early.AddRange(Read(parser, cursor));
            Assert.Equal(early, Read(parser, CursorOf(queries, PathEventKinds.Started | PathEventKinds.Completed)));
            cursor.Clear();
            Assert.Equal(early, Read(parser, cursor));
        });

    [Fact]
    public void OnlyTheKindsThatAreWanted_AreGiven()
    {
        using var parser = new StreamingJsonParser();
        var cursor = new PathCursor([PathPattern.Parse("$.a"), PathPattern.Parse("$.a"), PathPattern.Parse("$['a']")], pattern => (PathEventKinds)(1 << pattern));
        parser.Append("{\"a\":\"x"u8);
        Assert.Equal(["0 Started 5", "1 TextDelta 5 x"], Read(parser, cursor));
        parser.Append("y"u8);
        Assert.Equal(["1 TextDelta 5 y"], Read(parser, cursor));
        parser.Append("\",\"a\":[[]"u8);
        Assert.Equal(["2 Completed 5", "0 Started 14"], Read(parser, cursor));
        parser.Append("]"u8);
        Assert.Equal(["2 Completed 14"], Read(parser, cursor));
    }

    [Fact]
    public void WhatCannotMatch_IsNotWalked()
    {
        using var parser = new StreamingJsonParser();
        PathCursor cursor = CursorOf([new PathQuery([new(false, [QuerySelector.ForName("b")])])], All);
        parser.Append("{\"a\":[{\"b\":["u8);
        Assert.Empty(Read(parser, cursor));
        parser.Append("1,2,3,{\"b\":4}"u8);
        Assert.False(cursor.MayHaveNews(parser.Document));
        parser.Append("]}],\"b\":5}"u8);
        Assert.Equal(["0 Started 33", "0 Completed 33"], Read(parser, cursor));
    }

    [Fact]
    public void SeveralRootValues_AreEachTheRoot()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { AllowMultipleValues = true });
        PathCursor cursor = CursorOf([new PathQuery([]), new PathQuery([new(false, [QuerySelector.ForIndex(0)])])], PathEventKinds.Completed);
        parser.Append("1 [2] [[3],4]"u8);
        Assert.Equal(["0 Completed 0", "1 Completed 3", "0 Completed 2", "1 Completed 7", "0 Completed 6"], Read(parser, cursor));
    }

    [Fact]
    public void TheDepthIsUnlimited_AndNothingRecurses()
    {
        const int Depth = 1000;
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Trusted);
        PathCursor cursor = CursorOf([new PathQuery([new(true, [QuerySelector.Wildcard])])], All);
        parser.Append(Encoding.ASCII.GetBytes(new string('[', Depth) + new string(']', Depth)));
        Assert.Equal(2 * (Depth - 1), Read(parser, cursor).Count);
    }

    internal static HashSet<int> StartsOf(PathQuery query, JsonElement root, byte[] text)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        parser.Complete();
        JsonSnapshot snapshot = parser.Snapshot;
        return [.. query.Select(root).Select(pointer => snapshot.TryGetElement(pointer, out PartialJsonElement element) ? element.ByteRange.Start : -1)];
    }

    private static PathCursor CursorOf(PathQuery[] queries, PathEventKinds kinds) =>
        new([.. queries.Select(query => PathPattern.Parse(query.ToString()))], _ => kinds);

    private static void AssertAgrees(StreamingJsonParser parser, PathCursor cursor, HashSet<int>[] selected)
    {
        bool mayHaveNews = cursor.MayHaveNews(parser.Document);
        List<string> told = Read(parser, cursor);
        Assert.True(mayHaveNews || told.Count == 0);
        for (int pattern = 0; pattern < selected.Length; pattern++)
        {
            var expected = new List<string>();
            foreach (JsonEvent change in parser.Events)
            {
                if (change.Kind != JsonEventKind.DocumentCompleted && selected[pattern].Contains(change.ByteRange.Start))
                {
                    expected.Add(Line(pattern, (PathEventKinds)(1 << (int)change.Kind), change.ByteRange.Start, change.TextUtf8));
                }
            }

            Assert.Equal(expected, told.Where(line => line.StartsWith($"{pattern} ", StringComparison.Ordinal)));
        }
    }

    private static List<string> Read(StreamingJsonParser parser, PathCursor cursor)
    {
        var lines = new List<string>();
        while (cursor.TryNext(parser.Document.View, out PathEvent next))
        {
            var element = new PartialJsonElement(parser.Document.View, next.Row);
            lines.Add(Line(next.Pattern, next.Kind, element.ByteRange.Start, next.TextLength == 0 ? [] : element.TextUtf8.Slice(next.TextStart, next.TextLength)));
        }

        Assert.True(cursor.IsIdle);
        return lines;
    }

    private static string Line(int pattern, PathEventKinds kind, int start, ReadOnlySpan<byte> text) =>
        $"{pattern} {kind} {start}" + (text.IsEmpty ? "" : $" {Encoding.UTF8.GetString(text)}");
}
