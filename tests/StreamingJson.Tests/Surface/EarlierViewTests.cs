using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Documents;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>A view that is made of a later one shows what the view showed that was taken then.</summary>
public class EarlierViewTests
{
    public static TheoryData<string> Texts =>
    [
        "{\"a\":12,\"b\":[true,null,{\"c\":\"xyz\"},\"\"],\"\\u0064\":-1.5e3} ",
        "[\"a\\nb\",\"c\\\"\",{\"e\\t\":\"é\\u00e9猫\",\"f\":[[],{}]},\"\\ud83d\\ude00\"]",
        "\"plain \\\\ and more\"",
        "[1,22,333,\"4\\n\",5]",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void AtEachByte_ItIsTheViewThatWasTakenThere(string text)
    {
        byte[] json = Encoding.UTF8.GetBytes(text);
        using var parser = new StreamingJsonParser();
        var taken = new List<(TapeView View, string[] Rows)>();
        for (int length = 0; length <= json.Length; length++)
        {
            parser.Append(json.AsSpan(length == 0 ? 0 : length - 1, length == 0 ? 0 : 1));
            TapeView view = parser.Snapshot.View;
            taken.Add((view, Describe(view)));
        }

        TapeView last = taken[^1].View;
        for (int length = 0; length <= json.Length; length++)
        {
            (TapeView view, string[] rows) = taken[length];
            TapeView earlier = last.At(length);

            // A number that ends there is shown, although it took one byte more to know that.
            if (Enumerable.Range(0, last.RowCount).Any(row => last.Rows[row].Kind == TapeKind.Number && last.Rows[row].End == length))
            {
                Assert.InRange(earlier.RowCount, view.RowCount + 1, view.RowCount + 2);
                Assert.Equal(length, earlier.Rows[earlier.RowCount - 1].End);
                continue;
            }

            Assert.Equal((view.RowCount, view.ByteCount), (earlier.RowCount, earlier.ByteCount));
            Assert.Equal(rows, Describe(view));
            Assert.Equal(rows.Select(row => row.Split(" text ")[0]), Describe(earlier).Select(row => row.Split(" text ")[0]));
            for (int row = 0; row < earlier.RowCount; row++)
            {
                // All of an escaped text that was cut there is shown, and nothing of the next.
                bool isCutEscaped = !earlier.IsClosed(earlier.Rows[row]) && earlier.Rows[row].IsEscaped && earlier.Rows[row].Kind == TapeKind.String;
                string expected = isCutEscaped ? rows[row].Split(" text ")[0] + " text " + Encoding.UTF8.GetString(last.Text(last.Rows[row])) : rows[row];
                Assert.Equal(expected, Describe(earlier)[row]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void ATextToKeep_IsTheTextThatIsSeen(string text)
    {
        byte[] json = Encoding.UTF8.GetBytes(text);
        using var parser = new StreamingJsonParser();
        var views = new List<(TapeView View, string Texts)>();
        for (int at = 0; at < json.Length; at++)
        {
            parser.Append(json.AsSpan(at, 1));
            TapeView view = parser.Snapshot.View;
            views.Add((view, TextsToKeep(view)));
            Assert.Equal(string.Join('|', TextRows(view).Select(row => Encoding.UTF8.GetString(view.Text(view.Rows[row])))), views[^1].Texts);
        }

        Assert.All(views, view => Assert.Equal(view.Texts, TextsToKeep(view.View)));
    }

    [Fact]
    public void ViewsOfOneText_AreThoseOfOneParser_SinceItsLastReset()
    {
        using var parser = new StreamingJsonParser();
        using var other = new StreamingJsonParser();
        parser.Append("[1"u8);
        other.Append("[1"u8);
        TapeView first = parser.Snapshot.View;
        parser.Append(",2]"u8);
        Assert.True(parser.Snapshot.View.IsOfSameText(first));
        Assert.False(other.Snapshot.View.IsOfSameText(first));
        parser.Reset();
        parser.Append("[1"u8);
        Assert.False(parser.Snapshot.View.IsOfSameText(first));
    }

    private static IEnumerable<int> TextRows(TapeView view) =>
        Enumerable.Range(0, view.RowCount).Where(row => view.Rows[row].Kind is TapeKind.Name or TapeKind.String);

    private static string TextsToKeep(TapeView view) =>
        string.Join('|', TextRows(view).Select(row => Encoding.UTF8.GetString(view.TextMemory(view.Rows[row]).Span)));

    private static string[] Describe(TapeView view)
    {
        string[] rows = new string[view.RowCount];
        for (int row = 0; row < rows.Length; row++)
        {
            TapeKind kind = view.Rows[row].Kind;
            string text = kind is TapeKind.Name or TapeKind.String ? Encoding.UTF8.GetString(view.Text(view.Rows[row])) : string.Empty;
            rows[row] = $"{kind} {(view.IsClosed(view.Rows[row]) ? "whole" : "cut")} {Encoding.UTF8.GetString(view.Raw(view.Rows[row]))} text {text}";
        }

        return rows;
    }
}
