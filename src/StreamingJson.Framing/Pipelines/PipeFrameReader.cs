using System;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Framing;

/// <summary>Frames from a <see cref="PipeReader"/>.</summary>
/// <remarks>
/// <see cref="AsyncFrameReader.DisposeAsync"/> completes the pipe reader, once, unless it was left open; nothing else here does. Every read
/// is consumed to its end, so a frame that never ends
/// is stopped by <see cref="FrameReaderOptions.MaxFrameBytes"/> and back-pressure works for what was not read. After
/// <see cref="PipeReader.CancelPendingRead"/> a read says <see langword="true"/>, with or without new bytes.
/// </remarks>
public sealed class PipeFrameReader : AsyncFrameReader
{
    private readonly PipeReader _input;
    private readonly bool _leaveOpen;

    /// <summary>
    /// Makes a reader; <paramref name="input"/> is completed by <see cref="AsyncFrameReader.DisposeAsync"/> unless
    /// <paramref name="leaveOpen"/>.
    /// </summary>
    /// <param name="input">The source.</param>
    /// <param name="format">Any format but <see cref="FrameFormat.Message"/>.</param>
    /// <param name="options">Limits and choices; <see langword="null"/> for the defaults.</param>
    /// <param name="leaveOpen">Whether the caller completes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="format"/> is <see cref="FrameFormat.Message"/>.</exception>
    public PipeFrameReader(PipeReader input, FrameFormat format, FrameReaderOptions? options = null, bool leaveOpen = false)
        : base(NotMessages(format), options)
    {
        _input = NotNull(input);
        _leaveOpen = leaveOpen;
    }

#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    private protected override async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Reader.Append(result.Buffer);
        }
        finally
        {
            _input.AdvanceTo(result.Buffer.End);
        }

        if (result.IsCompleted)
        {
            Reader.Complete();
        }
    }

    private protected override ValueTask EndSourceAsync() => _leaveOpen ? default : _input.CompleteAsync();
}
