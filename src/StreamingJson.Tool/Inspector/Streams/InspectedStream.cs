using System;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>Where a stream comes from.</summary>
internal enum StreamSource
{
    /// <summary>It ships inside the tool.</summary>
    Sample,

    /// <summary>A file of the command line.</summary>
    File,

    /// <summary>The body of a request of the page.</summary>
    Pasted,

    /// <summary>The answer of an upstream, as it is forwarded.</summary>
    Proxied,

    /// <summary>Standard input, as it arrives.</summary>
    Piped,
}

/// <summary>What is read to show a stream.</summary>
/// <param name="Log">The chunks.</param>
/// <param name="Shape">What they are taken for.</param>
/// <param name="ReplayRate">Of a replay, the rate of its clock in bytes a second; <see langword="null"/> where the times were measured.</param>
/// <param name="ContentType">What the response said of itself, if there was one.</param>
internal sealed record OpenedStream(ChunkLog Log, StreamShape Shape, double? ReplayRate, string? ContentType);

/// <summary>A stream that the page can show.</summary>
/// <param name="Id">Its number, for addresses.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Source">Where it comes from.</param>
internal abstract record InspectedStream(int Id, string Title, StreamSource Source)
{
    /// <summary>Whether more may come.</summary>
    public virtual bool IsLive => false;

    /// <summary>What it holds in memory, in bytes, about.</summary>
    public virtual long Cost => 0;

    /// <summary>Gives what there is to show.</summary>
    /// <exception cref="Input.InputException">The file cannot be read.</exception>
    public abstract ValueTask<OpenedStream> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>A stream that is all there, and is replayed.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Cost">What it holds in memory, in bytes.</param>
/// <param name="Protocol">The dialect, where the user gave one.</param>
/// <param name="LoadAsync">Reads it; at most the first <see cref="StreamCatalog.MaxBodyBytes"/>, and whether that was all.</param>
internal sealed record RecordedStream(
    int Id,
    string Title,
    StreamSource Source,
    long Cost,
    ModelProtocol Protocol,
    Func<CancellationToken, ValueTask<(ReadOnlyMemory<byte> Content, bool IsAll)>> LoadAsync)
    : InspectedStream(Id, Title, Source)
{
    public override long Cost { get; } = Cost;

    public override async ValueTask<OpenedStream> OpenAsync(CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> content, bool isAll) = await LoadAsync(cancellationToken);
        StreamShape shape = StreamShape.Of(content.Span, Protocol);
        (ChunkLog log, double rate) = ReplayLog.Create(content, isAll, shape);
        return new OpenedStream(log, shape, rate, ContentType: null);
    }
}

/// <summary>A stream that arrives, or arrived.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Content">What arrives.</param>
internal sealed record ArrivingStream(int Id, string Title, StreamSource Source, OpenedStream Content)
    : InspectedStream(Id, Title, Source)
{
    public override bool IsLive => Content.Log.End.End == LogEnd.None;

    public override long Cost => Content.Log.Cost;

    public override ValueTask<OpenedStream> OpenAsync(CancellationToken cancellationToken) => new(Content);
}
