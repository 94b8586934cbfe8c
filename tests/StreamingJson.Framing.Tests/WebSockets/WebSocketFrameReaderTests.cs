using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>The receive loop against the platform's own web socket, over two pipes.</summary>
public sealed class WebSocketFrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task Message_IsOneFrame_HoweverItWasContinued(int continuation)
    {
        (WebSocket server, WebSocket client) = Connect();
        string[] messages = ["{\"type\":\"response.done\"}", "", new string('x', 40_000), "last"];
        messages[2] = continuation == 1 ? "xyz" : messages[2];
        Task sending = Task.Run(async () =>
        {
            foreach (string message in messages)
            {
                byte[] bytes = Text.Bytes(message);
                for (int at = 0; at == 0 || at < bytes.Length; at += continuation)
                {
                    int count = Math.Min(continuation, bytes.Length - at);
                    await server.SendAsync(bytes.AsMemory(at, count), WebSocketMessageType.Text, at + count == bytes.Length, CancellationToken.None);
                }
            }

            await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

        var received = new List<string>();
        await using (var reader = new WebSocketFrameReader(client))
        {
            while (await reader.ReadAsync())
            {
                while (reader.TryRead(out Frame frame))
                {
                    Assert.False(frame.IsUnterminated);
                    received.Add(Text.Of(frame.Data));
                }
            }
        }

        await sending;
        Assert.Equal(messages, received);
    }

    [Fact]
    public async Task CloseAmidAMessage_ShowsAsUnterminated()
    {
        (WebSocket server, WebSocket client) = Connect();
        await server.SendAsync(Text.Bytes("{\"cut"), WebSocketMessageType.Text, false, CancellationToken.None);
        await server.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);
        await using var reader = new WebSocketFrameReader(client, new() { DeliverUnterminated = true });
        Assert.True(await reader.ReadAsync());
        Assert.False(reader.TryRead(out _));
        Assert.True(await reader.ReadAsync());
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal(("{\"cut", true), (Text.Of(frame.Data), frame.IsUnterminated));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task LimitHoldsBeforeTheMessageEnds()
    {
        (WebSocket server, WebSocket client) = Connect();
        await server.SendAsync(new byte[101], WebSocketMessageType.Binary, false, CancellationToken.None);
        await using var reader = new WebSocketFrameReader(client, new() { MaxFrameBytes = 100 });
        Assert.True(await reader.ReadAsync());
        Assert.False(reader.TryRead(out _));
        FramingException error = await Assert.ThrowsAsync<FramingException>(async () => await reader.ReadAsync());
        Assert.Equal((FramingErrorCode.FrameTooLong, 100), (error.Code, error.Offset));
    }

    [Fact]
    public async Task UnreadMessage_StopsTheLoopBeforeBytesAreLost()
    {
        (WebSocket server, WebSocket client) = Connect();
        await server.SendAsync(Text.Bytes("1"), WebSocketMessageType.Text, true, CancellationToken.None);
        await server.SendAsync(Text.Bytes("2"), WebSocketMessageType.Text, true, CancellationToken.None);
        await using var reader = new WebSocketFrameReader(client);
        Assert.True(await reader.ReadAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadAsync());
        Assert.True(reader.TryRead(out _));
        Assert.True(await reader.ReadAsync());
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("2", Text.Of(frame.Data));
    }

    [Fact]
    public async Task OnlyASocketThatIsLeftOpen_StaysUsable()
    {
        (_, WebSocket client) = Connect();
        await new WebSocketFrameReader(client, leaveOpen: true).DisposeAsync();
        Assert.Equal(WebSocketState.Open, client.State);
        await new WebSocketFrameReader(client).DisposeAsync();
        Assert.NotEqual(WebSocketState.Open, client.State);
    }

    private static (WebSocket Server, WebSocket Client) Connect()
    {
        Pipe up = new();
        Pipe down = new();
        WebSocket server = WebSocket.CreateFromStream(new Duplex(up.Reader, down.Writer), new WebSocketCreationOptions { IsServer = true });
        WebSocket client = WebSocket.CreateFromStream(new Duplex(down.Reader, up.Writer), new WebSocketCreationOptions { IsServer = false });
        return (server, client);
    }

    /// <summary>One end of a connection: reads from one pipe, writes to the other.</summary>
    private sealed class Duplex(PipeReader input, PipeWriter output) : Stream
    {
        private readonly Stream _input = input.AsStream();
        private readonly Stream _output = output.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _input.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _output.WriteAsync(buffer, cancellationToken);

        public override void Flush() => _output.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
