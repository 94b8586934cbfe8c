using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>
/// The streams that the page can show: samples and files, read when somebody looks, and what was pasted or forwarded, kept within bounds: the
/// oldest that has ended makes room.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StreamCatalog
{
    /// <summary>The largest text that is shown, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>The most pasted and forwarded streams at once.</summary>
    public const int MaxKeptStreams = 32;

    /// <summary>The most that they hold together, in bytes; those that still arrive may grow beyond it, each to <see cref="ChunkLog.MaxCost"/>.</summary>
    public const long MaxKeptBytes = 128 * 1024 * 1024;

    private static readonly (string Resource, string Title)[] Samples =
    [
        ("anthropic-messages.sse", "Anthropic Messages"),
        ("openai-chat.sse", "OpenAI Chat"),
        ("anthropic-trouble.sse", "Anthropic Messages, cut off"),
        ("bedrock-converse.eventstream", "Bedrock ConverseStream"),
        ("write_file.json", "JSON: source code in a string"),
        ("plan.json", "JSON: a nested plan"),
    ];

    private readonly ModelProtocol _protocol;
    private readonly Lock _gate = new();
    private readonly List<InspectedStream> _fixed = [];
    private readonly List<InspectedStream> _kept = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    /// <summary>The samples, and before them the files.</summary>
    /// <param name="files">Files of the command line. Standard input is none: it is to be added when it begins.</param>
    /// <param name="protocol">The dialect of files and pasted texts, where the user gave one.</param>
    public StreamCatalog(IEnumerable<InputFile> files, ModelProtocol protocol)
    {
        _protocol = protocol;
        foreach (InputFile file in files)
        {
            _fixed.Add(new RecordedStream(++_lastId, file.Name, StreamSource.File, 0, protocol, cancellationToken => LoadAsync(file, cancellationToken)));
        }

        foreach ((string resource, string title) in Samples)
        {
            _fixed.Add(new RecordedStream(++_lastId, title, StreamSource.Sample, 0, ModelProtocol.Auto, _ => new((Load(resource), true))));
        }
    }

    /// <summary>A task that ends when the list is another than <see cref="List"/> says after the call.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>All streams: the newest of those that came, then files, then samples.</summary>
    public IReadOnlyList<InspectedStream> List()
    {
        lock (_gate)
        {
            return [.. Enumerable.Reverse(_kept), .. _fixed];
        }
    }

    /// <summary>The stream of a number, if it is (still) there.</summary>
    public InspectedStream? Find(int id)
    {
        lock (_gate)
        {
            return _kept.Concat(_fixed).FirstOrDefault(stream => stream.Id == id);
        }
    }

    /// <summary>Keeps a text that is all there.</summary>
    /// <returns><see langword="null"/>: there is no room, for all that is kept still arrives.</returns>
    public InspectedStream? Add(string title, ReadOnlyMemory<byte> content) => Keep(
        id => new RecordedStream(id, title, StreamSource.Pasted, content.Length, _protocol, _ => new((content, true))), content.Length);

    /// <summary>Keeps a stream that arrives; <see cref="SignalChange"/> when it has ended.</summary>
    /// <returns><see langword="null"/>: there is no room, for all that is kept still arrives.</returns>
    public InspectedStream? Add(string title, StreamSource source, OpenedStream content) =>
        Keep(id => new ArrivingStream(id, title, source, content), 0);

    /// <summary>Tells those who wait for <see cref="Changed"/>.</summary>
    public void SignalChange()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private InspectedStream? Keep(Func<int, InspectedStream> create, long cost)
    {
        lock (_gate)
        {
            while (_kept.Count >= MaxKeptStreams || (_kept.Count > 0 && cost + _kept.Sum(stream => stream.Cost) > MaxKeptBytes))
            {
                if (_kept.Find(stream => !stream.IsLive) is not { } oldest)
                {
                    return null;
                }

                _kept.Remove(oldest);
            }

            InspectedStream added = create(++_lastId);
            _kept.Add(added);
            SignalChange();
            return added;
        }
    }

    private static byte[] Load(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Content, bool IsAll)> LoadAsync(InputFile file, CancellationToken cancellationToken)
    {
        using ChunkReader chunks = file.Open(chunkSize: null);
        using var content = new MemoryStream();
        while (content.Length <= MaxBodyBytes && await chunks.ReadAsync(cancellationToken))
        {
            while (chunks.TryTake(out ReadOnlyMemory<byte> chunk))
            {
                content.Write(chunk.Span);
            }
        }

        bool isAll = content.Length <= MaxBodyBytes;
        return (content.GetBuffer().AsMemory(0, (int)Math.Min(content.Length, MaxBodyBytes)), isAll);
    }
}
