using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding.Partials;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>Partials from where texts come from, and how that ends.</summary>
public class PartialEnumerationTests
{
    private const string Text = """{"title":"a card","lines":["one","two"],"corner":{"x":1,"y":2}}""";

    public static TheoryData<string, JsonOutcome> Ends => new()
    {
        { Text, JsonOutcome.Complete },
        { Text[..^1], JsonOutcome.Truncated },
        { Text[..^1] + "]", JsonOutcome.Invalid },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task APipe_IsReadToItsEnd_AndCompleted(string text, JsonOutcome outcome)
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        Task writing = WriteAsync(pipe.Writer, text);
        await AssertEndsAsync(parser.ReadPartialsAsync(pipe.Reader, Contracts.Generated<Card>()), outcome);
        await writing;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await pipe.Reader.ReadAsync());
    }

    [Fact]
    public async Task APipe_MayBeLeftOpen()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        Task writing = WriteAsync(pipe.Writer, Text);
        await AssertEndsAsync(parser.ReadPartialsAsync(pipe.Reader, Contracts.Generated<Card>(), leaveOpen: true), JsonOutcome.Complete);
        await writing;
        Assert.True((await pipe.Reader.ReadAsync()).IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task AStream_IsReadToItsEnd_AndDisposed(string text, JsonOutcome outcome)
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var parser = new StreamingJsonParser();
        await AssertEndsAsync(parser.ReadPartialsAsync(stream, Contracts.Generated<Card>()), outcome);
        Assert.False(stream.CanRead);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Deltas_GiveAPartialEach_AndOneForTheEnd(string text, JsonOutcome outcome)
    {
        using var parser = new StreamingJsonParser();
        List<Partial<Card>> partials = await AssertEndsAsync(parser.ReadPartialsAsync(DeltasOf(text), Contracts.Generated<Card>()), outcome);
        Assert.Equal(text.Length + (outcome == JsonOutcome.Invalid ? 0 : 1), partials.Count);
    }

    [Fact]
    public async Task AfterAnError_NoMoreDeltasAreAskedFor()
    {
        using var parser = new StreamingJsonParser();
        int asked = 0;
        async IAsyncEnumerable<string> Deltas()
        {
            foreach (string delta in new[] { "{", "]", "never" })
            {
                asked++;
                yield return delta;
                await Task.Yield();
            }
        }

        await AssertEndsAsync(parser.ReadPartialsAsync(Deltas(), Contracts.Generated<Card>()), JsonOutcome.Invalid);
        Assert.Equal(2, asked);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task AParserThatSomebodyElseFeeds(string text, JsonOutcome outcome)
    {
        using var parser = new StreamingJsonParser();
        Task feeding = Task.Run(async () =>
        {
            for (int at = 0; at < text.Length; at++)
            {
                parser.TryAppend(text.AsSpan(at, 1));
                if (at % 8 == 0)
                {
                    await Task.Yield();
                }
            }

            parser.Complete();
        });
        await AssertEndsAsync(parser.ReadPartialsAsync(Contracts.Generated<Card>()), outcome);
        await feeding;
    }

    [Fact]
    public async Task AFedParser_GivesTheNewest_AndSkipsWhatIsOld()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("""{"title":"a""");
        await using IAsyncEnumerator<Partial<Card>> partials = parser.ReadPartialsAsync(Contracts.Generated<Card>()).GetAsyncEnumerator();
        Assert.True(await partials.MoveNextAsync());
        Assert.Equal("a", partials.Current.Value!.Title);
        ValueTask<bool> next = partials.MoveNextAsync();
        Assert.False(next.IsCompleted);
        parser.Append("b");
        Assert.True(await next);
        Assert.Equal("ab", partials.Current.Value!.Title);
        parser.Append("c");
        parser.Append("d");
        Assert.True(await partials.MoveNextAsync());
        Assert.Equal("abcd", partials.Current.Value!.Title);
    }

    [Fact]
    public async Task AFedParser_IsWatchedFromTheCallOn_OnAnyThread_Once()
    {
        using var parser = new StreamingJsonParser();
        IAsyncEnumerable<Partial<Card>> partials = parser.ReadPartialsAsync(Contracts.Generated<Card>());
        Task<List<Partial<Card>>> reading = Task.Run(() => AssertEndsAsync(partials, JsonOutcome.Complete));
        foreach (byte next in Encoding.UTF8.GetBytes(Text))
        {
            parser.Append([next]);
        }

        parser.EnsureComplete();
        Assert.True((await reading)[^1].IsComplete);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await partials.GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task WhoLeaves_IsNotToldAnyMore()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("""{"title":"a""");
        await foreach (Partial<Card> _ in parser.ReadPartialsAsync(Contracts.Generated<Card>()))
        {
            break;
        }

        Assert.NotNull(parser.FindObserver<FedPartials<Card>>());
        parser.Append("b");
        Assert.Null(parser.FindObserver<FedPartials<Card>>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AParserThatIsReset_GivesItsLastPartialFirst(bool isEnded)
    {
        var parser = new StreamingJsonParser();
        await using IAsyncEnumerator<Partial<Card>> partials = parser.ReadPartialsAsync(Contracts.Generated<Card>()).GetAsyncEnumerator();
        ValueTask<bool> next = partials.MoveNextAsync();
        parser.Append(isEnded ? Text : """{"title":"a card""");
        if (isEnded)
        {
            parser.EnsureComplete();
        }

        parser.Dispose();
        Assert.True(await next);
        Assert.Equal("a card", partials.Current.Value!.Title);
        if (isEnded)
        {
            // Who enumerates may have seen the text before its end was declared, and then sees it once more.
            Partial<Card> last = partials.Current;
            while (await partials.MoveNextAsync())
            {
                last = partials.Current;
            }

            Assert.True(last.IsComplete);
            Assert.Equal("a card", last.Value!.Title);
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await partials.MoveNextAsync());
        }
    }

    [Fact]
    public async Task WaitingForAFedParser_CanBeCancelled()
    {
        using var parser = new StreamingJsonParser();
        using var cancellation = new CancellationTokenSource();
        await using IAsyncEnumerator<Partial<Card>> partials =
            parser.ReadPartialsAsync(Contracts.Generated<Card>()).GetAsyncEnumerator(cancellation.Token);
        ValueTask<bool> next = partials.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        parser.Append(Text); // nobody listens any more
    }

    [Fact]
    public async Task AMisfit_IsTold_AndTheTextIsReadOn()
    {
        using var parser = new StreamingJsonParser();
        List<Partial<Card>> partials = await AssertEndsAsync(
            parser.ReadPartialsAsync(DeltasOf("""{"corner":{"x":"1"},"title":"t"}"""), Contracts.Generated<Card>()), JsonOutcome.Complete);
        Assert.Equal("/corner/x", partials[^1].Error!.Pointer);
        Assert.Equal(PartialState.Complete, partials[^1].GetState("/title"));
    }

    [Fact]
    public void NullArguments_AreRefusedAtOnce()
    {
        using var parser = new StreamingJsonParser();
        Assert.Throws<ArgumentNullException>(() => parser.ReadPartial<Card>(null!));
        Assert.Throws<ArgumentNullException>(() => StreamingJsonPartials.ReadPartial(null!, Contracts.Generated<Card>()));
        Assert.Throws<ArgumentNullException>(() => parser.ReadPartialsAsync((PipeReader)null!, Contracts.Generated<Card>()));
        Assert.Throws<ArgumentNullException>(() => parser.ReadPartialsAsync((Stream)null!, Contracts.Generated<Card>()));
        Assert.Throws<ArgumentNullException>(() => parser.ReadPartialsAsync((IAsyncEnumerable<string>)null!, Contracts.Generated<Card>()));
        Assert.Throws<ArgumentNullException>(() => PartialOptions.Default.With(null!, PartialVisibility.Growing));
    }

    // The last partial tells how the text ended, and what is not whole ends in an exception.
    private static async Task<List<Partial<Card>>> AssertEndsAsync(IAsyncEnumerable<Partial<Card>> partials, JsonOutcome outcome)
    {
        var seen = new List<Partial<Card>>();
        async Task ReadAsync()
        {
            await foreach (Partial<Card> partial in partials)
            {
                seen.Add(partial);
            }
        }

        if (outcome == JsonOutcome.Complete)
        {
            await ReadAsync();
        }
        else
        {
            await Assert.ThrowsAsync<StreamingJsonException>(ReadAsync);
        }

        Assert.All(seen.SkipLast(1), partial => Assert.Equal(JsonOutcome.Partial, partial.Outcome));
        Assert.Equal(outcome, seen[^1].Outcome);
        return seen;
    }

    private static async Task WriteAsync(PipeWriter writer, string text)
    {
        foreach (byte next in Encoding.UTF8.GetBytes(text))
        {
            await writer.WriteAsync(new[] { next });
        }

        await writer.CompleteAsync();
    }

    private static async IAsyncEnumerable<string> DeltasOf(string text)
    {
        foreach (char unit in text)
        {
            yield return unit.ToString();
            await Task.Yield();
        }
    }
}
