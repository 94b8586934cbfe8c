using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 4. Structures only grow: arrays only append; objects only add; only the newest child of an open container may still change; the kind
/// of the value at a path never changes. A repeated property name is the one exception.
/// </summary>
public class Law04_StructuresOnlyGrow
{
    [Fact]
    public void EveryLaterSnapshot_ExtendsEveryEarlierOne() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            List<GrowingValue> snapshots = SnapshotsOf(text.Bytes, cuts);
            for (int later = 1; later < snapshots.Count; later++)
            {
                Assert.True(Extends(snapshots[later - 1], snapshots[later]), $"{snapshots[later - 1]} then {snapshots[later]}");
                Assert.True(Extends(snapshots[later / 2], snapshots[later]));
                Assert.True(Extends(snapshots[0], snapshots[later]));
            }
        });

    [Fact]
    public void TheKindAtAPointer_NeverChanges() => PropertyRunner.Check(
        Generators.Documents,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser();
            var kinds = new Dictionary<string, JsonValueKind>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                foreach (PartialJsonElement element in Observed.ValuesPostOrder(parser.Snapshot))
                {
                    kinds.TryAdd(element.GetPointer(), element.ValueKind);
                    Assert.Equal(kinds[element.GetPointer()], element.ValueKind);
                }

                foreach ((string pointer, JsonValueKind kind) in kinds)
                {
                    Assert.True(parser.Snapshot.TryGetElement(pointer, out PartialJsonElement element));
                    Assert.Equal(kind, element.ValueKind);
                }
            }
        },
        maxTest: 100);

    [Fact]
    public void OnlyTheNewestChildOfAnOpenContainer_IsOpen() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(chunk.Span);
                foreach (PartialJsonElement element in Observed.ValuesPostOrder(parser.Snapshot))
                {
                    PartialJsonElement[] children = [.. Observed.Children(element)];
                    Assert.All(element.IsComplete ? children : children.SkipLast(1), child => Assert.True(child.IsComplete));
                }
            }
        });

    [Fact]
    public void TheLastOfRepeatedNames_IsFound_AndAllAreEnumerated()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":1,\"b\":2,\"\\u0061\":\"x"u8);
        PartialJsonElement root = parser.Snapshot.RootElement;
        Assert.Equal("{\"a\":1,\"b\":2,\"a\":\"x\"}", root.ToString());
        Assert.Equal("x", root.GetProperty("a").GetString());
        Assert.Equal(3, root.GetPropertyCount());
    }

    [Fact]
    public void RepeatedNamesRefused_AreFoundByTheirText_InTheSameObjectOnly()
    {
        StreamingJsonOptions options = new() { DuplicateNames = DuplicateNameHandling.Refuse };
        Assert.Equal(
            new Verdict(JsonOutcome.Invalid, JsonErrorCode.DuplicateName, 14, ""),
            Run.Of("{\"a\":1,\"\\u0061\":2}"u8.ToArray(), Chunking.Bytes, Entrance.Span, options).Verdict);
        Assert.Equal(
            JsonOutcome.Complete,
            Run.Of("[{\"a\":{\"a\":[{\"a\":0},{\"a\":0}]},\"b\":1},{\"a\":2,\"A\":3}]"u8.ToArray(), Chunking.Bytes, Entrance.Span, options).Verdict.Outcome);
    }

    private static List<GrowingValue> SnapshotsOf(byte[] text, Chunking cuts)
    {
        using var parser = new StreamingJsonParser();
        var snapshots = new List<GrowingValue>();
        foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text))
        {
            parser.TryAppend(chunk.Span);
            if (Observed.Value(parser.Snapshot) is GrowingValue value)
            {
                snapshots.Add(value);
            }
        }

        return snapshots;
    }

    /// <summary>Only the last child of a container may have changed, and only by growing.</summary>
    private static bool Extends(GrowingValue before, GrowingValue after) => before.Kind == after.Kind && before.Kind switch
    {
        JsonValueKind.Object => ExtendsAll([.. before.Members.Select(m => m.Value)], [.. after.Members.Select(m => m.Value)])
            && before.Members.Select(m => m.Key).SequenceEqual(after.Members.Take(before.Members.Count).Select(m => m.Key)),
        JsonValueKind.Array => ExtendsAll([.. before.Items], [.. after.Items]),
        JsonValueKind.String => after.Text.StartsWith(before.Text, StringComparison.Ordinal),
        _ => before.Text == after.Text,
    };

    private static bool ExtendsAll(GrowingValue[] before, GrowingValue[] after) =>
        after.Length >= before.Length
        && before.SkipLast(1).SequenceEqual(after.Take(before.Length - 1))
        && (before.Length == 0 || Extends(before[^1], after[before.Length - 1]));
}
