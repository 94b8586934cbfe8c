using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding.Tests.Support;
using Xunit;

namespace StreamingJson.Binding.Tests.Awaits;

/// <summary>Values that are awaited while the text is being written.</summary>
public class AwaitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task AValue_ComesWithItsLastByte_AndLateOnesAtOnce()
    {
        using var parser = new StreamingJsonParser();
        Task<string?> title = parser.GetAsync("$.title", Types.Default.String);
        Task<Step?> step = parser.GetAsync("$.steps[1]", Types.Default.Step);
        Task<JsonValueKind> began = parser.WhenStarted("$.steps");
        parser.Append("{\"title\":\"Mo"u8);
        Assert.False(title.IsCompleted);
        parser.Append("ve\",\"steps\":["u8);
        Assert.Equal("Move", await title.WaitAsync(Patience));
        Assert.Equal(JsonValueKind.Array, await began.WaitAsync(Patience));
        parser.Append("{\"name\":\"a\"},{\"name\":\"b\",\"cost\":2"u8);
        Assert.False(step.IsCompleted);
        parser.Append("}"u8);
        Assert.Equal(new Step("b", 2), await step.WaitAsync(Patience));
        Assert.Equal("Move", await parser.GetAsync("$..title", Types.Default.String).WaitAsync(Patience));
        Assert.Null(await parser.GetAsync("$..nothing", Types.Default.Step, new CancellationToken(canceled: true)).ContinueWith(t => t.IsCanceled ? null : "?", TaskScheduler.Default));
    }

    [Theory]
    [InlineData("{\"a\":1", JsonAwaitFailure.Truncated, 6)]
    [InlineData("{\"a\":1,\"b\":[2", JsonAwaitFailure.Truncated, 13)]
    [InlineData("{\"a\":1]", JsonAwaitFailure.Invalid, 6)]
    [InlineData("{\"b\":[}", JsonAwaitFailure.Invalid, 6)]
    [InlineData("{\"a\":1}", JsonAwaitFailure.NotPresent, 7)]
    [InlineData("{\"b\":{\"x\":1}}", JsonAwaitFailure.Mismatch, 5)]
    public async Task ATextWithoutTheValue_SaysWhyAndWhere(string text, JsonAwaitFailure failure, int offset)
    {
        using var parser = new StreamingJsonParser();
        Task<int> early = parser.GetAsync("$.b", Types.Default.Int32);
        List<int> items = [];
        Task enumerated = CollectAsync(parser.ItemsAsync("$.b", Types.Default.Int32), items);
        parser.TryAppend(text);
        parser.Complete();
        Task<int> late = parser.GetAsync("$.b", Types.Default.Int32);
        foreach (Task awaited in new Task[] { early, late, enumerated })
        {
            JsonAwaitException e = await Assert.ThrowsAsync<JsonAwaitException>(() => awaited.WaitAsync(Patience));
            Assert.Equal((failure, "$.b", (long)offset), (e.Failure, e.Path.ToString(), e.ByteOffset));
            Assert.Contains("$.b", e.Message, StringComparison.Ordinal);
            Assert.Contains($"(byte offset {offset})", e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(items);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AParserThatForgets_EndsThem(bool dispose)
    {
        using var parser = new StreamingJsonParser();
        Task<int> value = parser.GetAsync("$.a", Types.Default.Int32);
        Task text = CollectAsync(parser.TextAsync("$.t"), []);
        parser.Append("{\"t\":\"x"u8);
        (dispose ? parser.Dispose : (Action)parser.Reset)();
        Assert.Equal(JsonAwaitFailure.Abandoned, (await Assert.ThrowsAsync<JsonAwaitException>(() => value.WaitAsync(Patience))).Failure);
        Assert.Equal(JsonAwaitFailure.Abandoned, (await Assert.ThrowsAsync<JsonAwaitException>(() => text.WaitAsync(Patience))).Failure);
    }

    [Fact]
    public async Task AMisfit_FaultsTheOneAwait_AndTheTextGoesOn()
    {
        using var parser = new StreamingJsonParser();
        Task<int> misfit = parser.GetAsync("$.a", Types.Default.Int32);
        Task<string?> fit = parser.GetAsync("$.a", Types.Default.String);
        parser.Append("{\"a\":\"x\","u8);
        JsonAwaitException e = await Assert.ThrowsAsync<JsonAwaitException>(() => misfit.WaitAsync(Patience));
        Assert.Equal((JsonAwaitFailure.Mismatch, 5L), (e.Failure, e.ByteOffset));
        Assert.IsAssignableFrom<JsonException>(e.InnerException);
        Assert.Equal("x", await fit.WaitAsync(Patience));
        parser.Append("\"b\":2}"u8);
        parser.EnsureComplete();
    }

    [Fact]
    public async Task Text_InPieces_FromTheBeginning_ThenItsEnd()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"t\":\"a\\n\\u00e"u8);
        await using IAsyncEnumerator<string> pieces = parser.TextAsync("$.t").GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal("a\n", pieces.Current);
        ValueTask<bool> next = pieces.MoveNextAsync();
        parser.Append("9b"u8);
        Assert.True(await next.AsTask().WaitAsync(Patience));
        Assert.Equal("éb", pieces.Current);
        parser.Append("c\",\"u\":0"u8);
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal("c", pieces.Current);
        Assert.False(await pieces.MoveNextAsync());

        List<ReadOnlyMemory<byte>> all = [];
        await CollectAsync(parser.TextUtf8Async("$.t"), all);
        Assert.Equal("a\nébc", Encoding.UTF8.GetString(Assert.Single(all).Span));
    }

    [Fact]
    public async Task Items_EachOnce_EndWithTheArray_AndMayBeDropped()
    {
        using var parser = new StreamingJsonParser();
        List<int> all = [];
        Task collected = CollectAsync(parser.ItemsAsync("$.n", Types.Default.Int32), all);
        parser.Append("{\"m\":[9],\"n\":[1,2,3"u8);
        await foreach (int item in parser.ItemsAsync("$.n", Types.Default.Int32))
        {
            Assert.Equal(1, item);
            break;
        }

        parser.Append("4],\"n\":[5],\"rest"u8);
        await collected.WaitAsync(Patience);
        Assert.Equal([1, 2, 34], all);
        List<int> again = [];
        await CollectAsync(parser.ItemsAsync("$.n", Types.Default.Int32), again);
        Assert.Equal(all, again);
    }

    [Fact]
    public async Task Cancelling_EndsTheAwaitOnly()
    {
        using var parser = new StreamingJsonParser();
        using var source = new CancellationTokenSource();
        Task<int> value = parser.GetAsync("$.a", Types.Default.Int32, source.Token);
        Task items = CollectAsync(parser.ItemsAsync("$.b", Types.Default.Int32), [], source.Token);
        Task<int> other = parser.GetAsync("$.a", Types.Default.Int32);
        parser.Append("{"u8);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => value.WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => items.WaitAsync(Patience));
        parser.Append("\"a\":1,"u8);
        Assert.Equal(1, await other.WaitAsync(Patience));
    }

    [Fact]
    public async Task Continuations_DoNotRunInsideAppend()
    {
        using var parser = new StreamingJsonParser();
        int writer = Environment.CurrentManagedThreadId;
        bool isAppending = false;
        Task<bool> seen = ContinueAsync();
        isAppending = true;
        parser.Append("{\"a\":1,"u8);
        Volatile.Write(ref isAppending, false);
        Assert.False(await seen.WaitAsync(Patience));

        async Task<bool> ContinueAsync()
        {
            await parser.GetAsync("$.a", Types.Default.Int32).ConfigureAwait(false);
            return Environment.CurrentManagedThreadId == writer && Volatile.Read(ref isAppending);
        }
    }

    /// <summary>Many readers on other threads, awaits made while the writer goes on, and a reset in the middle of it.</summary>
    [Fact]
    public async Task ManyReaders_OnOtherThreads_SeeTheSame()
    {
        const int Items = 3000;
        string body = string.Join(',', Enumerable.Range(0, Items).Select(n => $"{{\"name\":\"n\\t{n}\",\"cost\":{n}}}"));
        byte[] text = Encoding.UTF8.GetBytes($"{{\"items\":[{body}],\"text\":\"{new string('x', 5000)}\\n\"}}");
        var pipe = new Pipe();
        await using var pump = new JsonPump(pipe.Reader);
        Task<StreamOutcome> run = pump.RunAsync();
        Task<int[]>[] readers = [.. Enumerable.Range(0, 6).Select(_ => Task.Run(ReadAsync))];
        for (int at = 0; at < text.Length; at += 37)
        {
            await pipe.Writer.WriteAsync(text.AsMemory(at, Math.Min(37, text.Length - at)));
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(StreamOutcome.Complete, await run.WaitAsync(Patience));
        foreach (Task<int[]> reader in readers)
        {
            Assert.Equal(Enumerable.Range(0, Items), await reader.WaitAsync(Patience));
        }

        async Task<int[]> ReadAsync()
        {
            var costs = new List<int>();
            await foreach (Step? step in pump.Parser.ItemsAsync("$.items", Types.Default.Step))
            {
                Assert.Equal($"n\t{step!.Cost}", step.Name);
                costs.Add(step.Cost);
                if (step.Cost % 500 == 0)
                {
                    Assert.Equal(0, await pump.Parser.GetAsync("$.items[0].cost", Types.Default.Int32));
                }
            }

            int length = 0;
            await foreach (ReadOnlyMemory<byte> piece in pump.Parser.TextUtf8Async("$.text"))
            {
                length += piece.Length;
            }

            Assert.Equal(5001, length);
            return [.. costs];
        }
    }

    [Fact]
    public async Task AResetWhileOthersRead_EndsThem_AndNeverGivesThemOtherText()
    {
        for (int round = 0; round < 50; round++)
        {
            using var parser = new StreamingJsonParser();
            parser.Append("["u8);
            List<string?> seen = [];
            IAsyncEnumerable<string?> items = parser.ItemsAsync("$", Types.Default.String);
            Task reading = Task.Run(() => CollectAsync(items, seen));
            for (int n = 0; n < 40; n++)
            {
                parser.Append("\"old text\","u8);
            }

            parser.Reset();
            for (int n = 0; n < 40; n++)
            {
                parser.TryAppend("[\"NEW TEXT\",\"NEW TEXT\""u8);
            }

            try
            {
                await reading.WaitAsync(Patience);
            }
            catch (JsonAwaitException e)
            {
                Assert.Equal(JsonAwaitFailure.Abandoned, e.Failure);
            }

            Assert.All(seen, text => Assert.Equal("old text", text));
        }
    }

    private static async Task CollectAsync<T>(IAsyncEnumerable<T> source, List<T> into, CancellationToken cancellationToken = default)
    {
        await foreach (T item in source.WithCancellation(cancellationToken))
        {
            into.Add(item);
        }
    }
}
