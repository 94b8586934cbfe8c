using System;
using System.Text;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Protocols;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What a frame says that is compared with the one before, and when it is not: its piece, its number, whether that is the one that follows, and whether it may only be cut.</summary>
public sealed class DeltaTemplateTests : IDisposable
{
    private readonly FrameReader _frames = new(FrameFormat.ServerSentEvents);
    private readonly Envelope _envelope = new();
    private readonly ProtocolTable _protocols = new();
    private readonly StreamingJsonParser _parser = new();
    private readonly DeltaTemplate _template = new();
    private readonly ToolCall _call;

    public DeltaTemplateTests() => _call = new ToolCall(_parser) { Kind = MessageItemKind.ToolCall };

    public void Dispose()
    {
        _template.Dispose();
        _parser.Dispose();
        _protocols.Dispose();
        _envelope.Dispose();
        _frames.Dispose();
    }

    [Fact]
    public void APayload_IsKnown_WhenItCameTwice()
    {
        Learn(Frame(1, "a"));
        Assert.False(_template.IsConfirmed);
        Assert.Equal((null, "", false), Match(Frame(2, "b")));
        Learn(Frame(2, "b"));
        Assert.True(_template.IsConfirmed);
        Assert.Equal((3, "c", true), Match(Frame(3, "c")));
        _template.Clear();
        Assert.False(_template.IsConfirmed);
        Assert.Equal((null, "", false), Match(Frame(4, "d")));
        Learn(Frame(5, "e"));
        Learn(Frame(6, "f", index: 1));
        Assert.False(_template.IsConfirmed);
        Learn(Frame(7, "g", index: 1), new ToolCall(_parser));
        Assert.False(_template.IsConfirmed);
    }

    /// <summary>The number that follows stands in the template already; any other is read, and the one behind it follows then. A number that gets longer is read once.</summary>
    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { 3, 4, 5, 7, 8, 9, 10, 11, 12 }, "3! 4! 5! 7 8! 9! 10 11! 12!")]
    [InlineData(new[] { 97, 98 }, new[] { 99, 100, 101, 100, 101 }, "99! 100 101! 100 101!")]
    [InlineData(new[] { 18, 19 }, new[] { 20, 21, 30, 31 }, "20! 21! 30 31!")]
    [InlineData(new[] { 0, 0 }, new[] { 0, 1, 2 }, "0 1! 2!")]
    [InlineData(new[] { 9, 9 }, new[] { 9, 10 }, "9 10")]
    public void EachNumber_IsTold(int[] learned, int[] numbers, string expected)
    {
        foreach (int number in learned)
        {
            Learn(Frame(number, "x"));
        }

        var told = new StringBuilder();
        foreach (int number in numbers)
        {
            (long? found, string piece, bool isExpected) = Match(Frame(number, "piece" + number, padding: new string('p', number % 5)));
            Assert.Equal("piece" + number, piece);
            told.Append(found).Append(isExpected ? "! " : " ");
        }

        Assert.Equal(expected, told.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("plain", true)]
    [InlineData("\\\"", false)]
    [InlineData("é", false)]
    [InlineData("\\u00e9 and more than sixteen bytes", false)]
    public void APiece_IsItsOwnText_WithoutEscapes(string piece, bool isPlain)
    {
        Learn(Frame(1, "a"));
        Learn(Frame(2, "b"));
        byte[] frame = Bytes(Frame(3, piece));
        Assert.Same(_call, _template.MatchFrame([.. frame, .. "data: next"u8], out DeltaMatch match));
        Assert.Equal((piece, isPlain, frame.Length), (Encoding.UTF8.GetString(match.Piece), match.IsPlain, match.Length));
    }

    /// <summary>Of a frame that fits, every beginning may be one; from a byte that differs on, none.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void ABeginning_MayBeCut_UntilAByteDiffers(int number)
    {
        byte[] frame = Bytes(Frame(number, "piece"));
        int differs = Encoding.UTF8.GetString(frame).IndexOf("output_index", StringComparison.Ordinal);
        for (int length = 0; length < frame.Length; length++)
        {
            _template.Clear();
            Learn(Frame(1, "a"));
            Learn(Frame(2, "b"));
            Assert.Null(_template.MatchFrame(frame.AsSpan(0, length), out DeltaMatch match));
            Assert.True(match.IsCut, $"{length}");
            byte[] other = frame[..length];
            if (length > differs)
            {
                other[differs] = (byte)'O';
                Assert.Null(_template.MatchFrame(other, out match));
                Assert.False(match.IsCut, $"{length}");
            }
        }

        byte[] last = frame.AsSpan().ToArray();
        last[^1] = (byte)'d';
        Assert.Null(_template.MatchFrame(last, out DeltaMatch broken));
        Assert.False(broken.IsCut);
        Assert.NotNull(_template.MatchFrame(frame, out _));
    }

    /// <summary>A payload that stands elsewhere than its frame is compared by itself; that of another event is another one.</summary>
    [Fact]
    public void APayloadAlone_IsCompared_Too()
    {
        string[] frames = [Frame(1, "a"), Frame(2, "b"), Frame(3, "c"), Frame(5, "e"), Frame(6, "f")];
        Learn(frames[0], isAlone: true);
        Learn(frames[1], isAlone: true);
        Assert.Null(_template.MatchFrame(Bytes(frames[2]), out _));
        Assert.Equal("3 c! 5 e 6 f!", $"{Payload(frames[2])} {Payload(frames[3])} {Payload(frames[4])}");
        Assert.Equal("", Payload("event: other\n" + Frame(7, "g")));
        Assert.Equal("", Payload(Frame(7, "g", index: 1)));
        Assert.Equal("7 g!", Payload(Frame(7, "g")));
    }

    private string Payload(string frame)
    {
        Frame read = Read(frame);
        return _template.MatchPayload(read, read.Data.ToArray(), out DeltaMatch match) is null ? "" : $"{match.SequenceNumber} {Encoding.UTF8.GetString(match.Piece)}{(match.IsNumberExpected ? "!" : "")}";
    }

    private (long? Number, string Piece, bool IsExpected) Match(string frame)
    {
        byte[] bytes = Bytes(frame);
        MessageItem? item = _template.MatchFrame(bytes, out DeltaMatch match);
        Assert.Equal(item is null ? 0 : bytes.Length, match.Length);
        return item is null ? (null, "", false) : (match.SequenceNumber, Encoding.UTF8.GetString(match.Piece), match.IsNumberExpected);
    }

    private void Learn(string frame, ToolCall? call = null, bool isAlone = false)
    {
        Frame read = Read(frame);
        ReadOnlySpan<byte> data = isAlone ? read.Data.ToArray() : read.Data;
        Assert.True(_envelope.TryRead(data, out EnvelopeValue root));
        EnvelopeValue delta = root["delta"u8];
        _template.Learn(read, data, root, _protocols.Get(ModelProtocol.OpenAIResponses), call ?? _call, (delta.Start, delta.Raw.Length));
    }

    private Frame Read(string frame)
    {
        _frames.Append(Bytes(frame));
        Assert.True(_frames.TryRead(out Frame read));
        return read;
    }

    private static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);

    private static string Frame(int number, string piece, int index = 0, string padding = "p") =>
        $$"""data: {"type":"response.function_call_arguments.delta","sequence_number":{{number}},"output_index":{{index}},"delta":"{{piece}}","obfuscation":"{{padding}}"}""" + "\n\n";
}
