using System;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// The depth of a text costs no stack: the deepest text that can be allowed (1,000,000 levels) is read, looked at and written on a thread with
/// 128 KiB of it. A stack that overflows cannot be caught: it ends the test process.
/// </summary>
public class SmallStackTests
{
    private const int StackBytes = 128 * 1024;
    private const int Depth = 1_000_000;

    private static readonly StreamingJsonOptions Deep = new()
    {
        DuplicateNames = DuplicateNameHandling.Refuse,
        Limits = JsonLimits.Trusted with { MaxDepth = Depth },
    };

    [Theory]
    [InlineData("[", "]", 1)]
    [InlineData("{\"a\":", "}", 1)]
    [InlineData("[{\"a\":", "}]", 2)]
    public void EverythingThatReadsOrWrites_OnASmallStack(string start, string end, int levels)
    {
        // First on a large stack: the compiler that runs on the first call wants more than the code.
        ReadAndWrite(start, end, 8);
        OnASmallStack(() => ReadAndWrite(start, end, Depth / levels));
    }

    [Fact]
    public void ATextThatIsTooDeep_OrEndsInTheDepth_OnASmallStack()
    {
        Refuse(100);
        OnASmallStack(() => Refuse(Depth + 1));
    }

    private static void ReadAndWrite(string start, string end, int count)
    {
        byte[] text = Encoding.UTF8.GetBytes(Repeat(start, count) + "0" + Repeat(end, count));
        using var parser = new StreamingJsonParser(Deep);
        using var events = new JsonEventParser<SilentHandler>(default, Deep);
        int cut = text.Length / 2;
        parser.Append(text.AsSpan(0, cut));
        events.Append(text.AsSpan(0, cut));
        Assert.Equal(0, parser.Snapshot.RootElement.ByteRange.Start);
        Assert.NotEmpty(parser.Snapshot.ToString());
        parser.Append(text.AsSpan(cut));
        events.Append(text.AsSpan(cut));
        foreach (JsonEvent e in parser.Events)
        {
            _ = e.Kind;
        }

        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(JsonOutcome.Complete, events.Complete());
        Assert.Equal(text.Length, parser.Snapshot.ToString().Length);
        Assert.False(parser.Snapshot.HasRepeatedNames);
        PartialJsonElement element = parser.Snapshot.RootElement;
        Assert.Equal(text.Length, element.GetRawText().Length);
        while (element.ValueKind is System.Text.Json.JsonValueKind.Array or System.Text.Json.JsonValueKind.Object)
        {
            element = element.ValueKind == System.Text.Json.JsonValueKind.Array ? element[0] : element.GetProperty("a");
        }

        string pointer = element.GetPointer();
        Assert.True(parser.Snapshot.TryGetElement(pointer, out PartialJsonElement found));
        Assert.Equal(0, found.GetInt32());
        parser.Reset();
        Assert.False(parser.TryAppend("x"u8));
    }

    private static void Refuse(int depth)
    {
        StreamingJsonOptions options = Deep with { Limits = Deep.Limits with { MaxDepth = depth - 1 } };
        using var parser = new StreamingJsonParser(options);
        using var events = new JsonEventParser<SilentHandler>(default, options);
        byte[] text = Encoding.ASCII.GetBytes(new string('[', depth));
        foreach (ReadOnlyMemory<byte> chunk in Chunking.Every(4099).Split(text))
        {
            parser.TryAppend(chunk.Span);
            events.TryAppend(chunk.Span);
        }

        Assert.Equal((JsonErrorCode.DepthLimit, depth - 1), (parser.Error!.Code, parser.Error!.ByteOffset));
        Assert.Equal(parser.Error!.Pointer, events.Error!.Pointer);
        parser.Reset();
        parser.Append(text.AsSpan(1));
        Assert.Equal(JsonOutcome.Truncated, parser.Complete());
        Assert.Equal((1, depth), (parser.Error!.Line, parser.Error!.Column));
    }

    private static void OnASmallStack(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // thrown again on the test's own thread
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static string Repeat(string piece, int count) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();
}
