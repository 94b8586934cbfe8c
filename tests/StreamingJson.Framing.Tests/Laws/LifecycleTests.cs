using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class LifecycleTests
{
    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    private static readonly FrameReaderOptions Options = new() { MaxFrameBytes = 400, ReportUnknownFields = true, DeliverUnterminated = true };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Reset_GivesAReaderEqualToANewOne(FrameFormat format)
    {
        byte[] input = Samples.Many(format, 3);
        string expected = Outcome.Of(format, Options, input).ToString();
        byte[] broken = [.. input.AsSpan(0, input.Length / 2), .. new byte[1000]];
        var pool = new CountingPool();
        using (var reader = new FrameReader(format, Options, pool))
        {
            // Whatever a reader went through before: a part of the input, the whole, or an error.
            for (int length = 0; length <= input.Length; length++)
            {
                reader.Append(input.AsSpan(0, length));
                Drain(reader);
                if (length % 2 == 0)
                {
                    reader.Complete();
                    Drain(reader);
                }

                reader.Reset();
                Assert.Equal((0, 0, false), (reader.BytesReceived, reader.BytesExamined, reader.IsCompleted));
                Assert.Equal(expected, Outcome.Of(reader, Cuts.Every(input, 7)).ToString());
                reader.Reset();
            }

            Assert.NotNull(Outcome.Of(reader, Cuts.Whole(broken)).Code);
            reader.Reset();
            Assert.Equal(expected, Outcome.Of(reader, Cuts.Every(input, 5)).ToString());
        }

        pool.AssertBalanced();
    }

    [Fact]
    public void Reset_ForgetsWhatAStreamHandsOn()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        reader.Append("retry: 5\nid: 1\nevent: x\ndata: y\n\nid: 2\nevent: x\ndata: y\n"u8);
        Drain(reader);
        Assert.Equal((5, "1"), (reader.ReconnectionTime!.Value.TotalMilliseconds, Text.Of(reader.LastEventId)));
        reader.Reset();
        Assert.Null(reader.ReconnectionTime);
        Assert.True(reader.LastEventId.IsEmpty);
        reader.Append("\ndata: z\n\n"u8);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal((1, 10, "message", "", "z"), (frame.StartOffset, frame.EndOffset, Text.Of(frame.EventType), Text.Of(frame.Id), Text.Of(frame.Data)));
    }

    [Fact]
    public void Reset_ForgetsAMessage()
    {
        using var reader = new FrameReader(FrameFormat.Message);
        reader.Append("abc"u8);
        reader.EndMessage();
        Assert.True(reader.TryRead(out _));
        reader.Append("abc"u8);
        reader.EndMessage();
        reader.Reset();
        Assert.False(reader.TryRead(out _));
        reader.Append("d"u8);
        reader.EndMessage();
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal((0, 1), (frame.StartOffset, frame.EndOffset));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Error_IsSticky(FrameFormat format)
    {
        using var reader = new FrameReader(format, Options);
        reader.ThrowIfFailed();
        reader.Append(new byte[1000]);
        Drain(reader);
        FramingException error = reader.Error!;
        Assert.NotNull(error);

        Assert.False(reader.TryRead(out _));
        Assert.Same(error, reader.Error);
        FramingException fromAppend = Assert.Throws<FramingException>(() => reader.Append("data: x\n\n"u8));
        FramingException fromSequence = Assert.Throws<FramingException>(() => reader.Append(new ReadOnlySequence<byte>(new byte[3])));
        FramingException fromThrow = Assert.Throws<FramingException>(reader.ThrowIfFailed);
        Assert.All([fromAppend, fromSequence, fromThrow], e => Assert.Equal((error.Code, error.Offset, error.Message), (e.Code, e.Offset, e.Message)));
        reader.Complete();
        Assert.False(reader.TryRead(out _));
        Assert.Same(error, reader.Error);
    }

    [Fact]
    public void EachError_HasWordsOfItsOwn_AndSaysWhere()
    {
        string[] messages = [.. Enum.GetValues<FramingErrorCode>().Select(code => new FramingException(code, 123).Message)];
        Assert.Equal(messages.Length, messages.Distinct().Count());
        Assert.All(Enum.GetValues<FramingErrorCode>().Zip(messages), pair => Assert.Matches($"^[A-Z][a-z A-Z]+\\. \\({pair.First} at byte 123\\.\\)$", pair.Second));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Error_QuotesNothingOfTheInput(FrameFormat format)
    {
        byte[] input = Text.Bytes(string.Concat(Enumerable.Repeat("CANARY", 200)));
        Outcome outcome = Outcome.Of(format, Options, input);
        Assert.NotNull(outcome.Code);
        Assert.DoesNotContain("CANARY", new FramingException(outcome.Code.Value, outcome.ErrorOffset).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void UseAfterTheEnd_IsRefused(FrameFormat format)
    {
        var reader = new FrameReader(format, Options);
        reader.Append(Samples.Many(format, 1));
        Drain(reader);
        reader.Complete();
        reader.Complete();
        Drain(reader);
        Assert.Throws<InvalidOperationException>(() => reader.Append("x"u8));
        Assert.Throws<InvalidOperationException>(reader.EndMessage);

        reader.Dispose();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Append("x"u8));
        Assert.Throws<ObjectDisposedException>(() => reader.Append(ReadOnlySequence<byte>.Empty));
        Assert.Throws<ObjectDisposedException>(() => reader.TryRead(out _));
        Assert.Throws<ObjectDisposedException>(reader.Complete);
        Assert.Throws<ObjectDisposedException>(reader.Reset);
        Assert.Throws<ObjectDisposedException>(reader.EndMessage);
        Assert.Equal(Samples.Many(format, 1).Length, reader.BytesReceived);
    }

    [Fact]
    public void EachMisuse_SaysWhatItIs()
    {
        using var messages = new FrameReader(FrameFormat.Message);
        messages.Append("a"u8);
        messages.EndMessage();
        using var lines = new FrameReader(FrameFormat.NdJson, new() { MaxFrameBytes = 2 });
        lines.Append("1\n2\n"u8);
        using var empty = new FrameReader(FrameFormat.NdJson);
        using var ended = new FrameReader(FrameFormat.NdJson);
        ended.Complete();
        string[] said =
        [
            Assert.Throws<InvalidOperationException>(() => messages.Append("b"u8)).Message,
            Assert.Throws<InvalidOperationException>(() => lines.Append("3"u8)).Message,
            Assert.Throws<InvalidOperationException>(empty.EndMessage).Message,
            Assert.Throws<InvalidOperationException>(() => ended.Append("1"u8)).Message,
        ];
        Assert.All(said, Assert.NotEmpty);
        Assert.Equal(said.Length, said.Distinct().Count());
    }

    [Fact]
    public void AsMuchAsOneFrameMayHave_MayWait()
    {
        using var reader = new FrameReader(FrameFormat.NdJson, new() { MaxFrameBytes = 4 });
        reader.Append("1\n2\n"u8);
        reader.Append("3"u8);
        Assert.Throws<InvalidOperationException>(() => reader.Append("\n"u8));
        Assert.Equal(5, reader.BytesReceived);
    }

    [Fact]
    public void EndMessage_IsForMessagesOnly()
    {
        using var reader = new FrameReader(FrameFormat.NdJson);
        Assert.Throws<InvalidOperationException>(reader.EndMessage);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReader((FrameFormat)99));
    }

    [Fact]
    public void DisposeFromManyThreads_ReturnsEachArrayOnce()
    {
        for (int i = 0; i < 200; i++)
        {
            var pool = new LockedPool();
            var reader = new FrameReader(FrameFormat.ServerSentEvents, null, pool);
            reader.Append("event: x\nid: 1\ndata: y\n\ndata: z"u8);
            Drain(reader);
            Parallel.For(0, 4, _ => reader.Dispose());
            Assert.Equal(pool.Rented, pool.Returned);
            Assert.Equal(4, pool.Rented);
        }
    }

    [Fact]
    public void OptionsAreCopied()
    {
        var options = new FrameReaderOptions { MaxFrameBytes = 100 };
        using var reader = new FrameReader(FrameFormat.NdJson, options);
        options.MaxFrameBytes = 1;
        reader.Append("12345\n"u8);
        Assert.True(reader.TryRead(out _));
    }

    private static void Drain(FrameReader reader)
    {
        while (reader.TryRead(out _))
        {
        }
    }

    private sealed class LockedPool : ArrayPool<byte>
    {
        private readonly List<byte[]> _returned = [];

        public int Rented { get; private set; }

        public int Returned => _returned.Distinct().Count() == _returned.Count ? _returned.Count : -1;

        public override byte[] Rent(int minimumLength)
        {
            Rented++;
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
            lock (_returned)
            {
                _returned.Add(array);
            }
        }
    }
}
