using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding.Awaits;

namespace StreamingJson.Binding;

/// <summary>Reads a source to its end into a <see cref="Parser"/>, while others await values of it.</summary>
/// <remarks>
/// <code>
/// await using var pump = new JsonPump(reader);
/// Task&lt;string?&gt; title = pump.Parser.GetAsync("$.title", types.String);
/// Task&lt;StreamOutcome&gt; run = pump.RunAsync();
/// Console.WriteLine(await title);
/// Console.WriteLine(await run);
/// </code>
/// Handlers and guards are added before <see cref="RunAsync"/>; awaits (<see cref="StreamingJsonAwaits"/>) may be made at any time, on any
/// thread, also while it runs. The end of the run, whatever its cause, ends the text: awaits that are still open fault.
/// </remarks>
public sealed class JsonPump : IAsyncDisposable
{
    private readonly PipeReader _reader;
    private readonly bool _leaveOpen;
    private readonly List<PathGuard> _guards = [];
    private readonly CancellationTokenSource _disposing = new();
    private Task<StreamOutcome>? _run;
    private int _isDisposed;

    /// <summary>Prepares to read; nothing is read before <see cref="RunAsync"/>.</summary>
    /// <param name="reader">The source. The pump completes it when the run ends or the pump is disposed, unless <paramref name="leaveOpen"/>.</param>
    /// <param name="options">What the text may be; null is <see cref="StreamingJsonOptions.Default"/>.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    public JsonPump(PipeReader reader, StreamingJsonOptions? options = null, bool leaveOpen = false)
    {
        _reader = reader ?? throw new ArgumentNullException(nameof(reader));
        _leaveOpen = leaveOpen;
        Parser = new StreamingJsonParser(options ?? StreamingJsonOptions.Default);
        ParserAwaits.Of(Parser);
    }

    /// <summary>As <see cref="JsonPump(PipeReader, StreamingJsonOptions?, bool)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="options">What the text may be; null is <see cref="StreamingJsonOptions.Default"/>.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public JsonPump(Stream stream, StreamingJsonOptions? options = null, bool leaveOpen = false)
        : this(PipeReader.Create(stream ?? throw new ArgumentNullException(nameof(stream)), new StreamPipeReaderOptions(leaveOpen: leaveOpen)), options)
    {
    }

    /// <summary>The parser: to await values of, to add handlers to before the run, to look at after it. It is disposed with the pump.</summary>
    public StreamingJsonParser Parser { get; }

    /// <summary>How the run ended.</summary>
    public StreamOutcome Outcome { get; private set; }

    /// <summary>Where a guard stopped the run; null when none did.</summary>
    public StreamStop? Stop => _guards.Find(guard => guard.Stop is not null)?.Stop;

    /// <summary>Adds a guard: when the predicate says true, nothing more is read, the source is ended, and the outcome is <see cref="StreamOutcome.Stopped"/>.</summary>
    /// <param name="path">The values that it looks at.</param>
    /// <param name="stopWhen">See <see cref="PathGuard"/>. What it throws ends the run.</param>
    /// <returns>This pump.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="InvalidOperationException">It is already running.</exception>
    public JsonPump StopWhen(string path, Func<PartialJsonElement, bool> stopWhen)
    {
        if (_run is not null)
        {
            throw new InvalidOperationException("Guards are added before the run.");
        }

        var guard = new PathGuard(path, stopWhen);
        guard.Watch(Parser);
        _guards.Add(guard);
        return this;
    }

    /// <summary>Reads to the end of the source, to the first error, or until a guard stops it. A bad text is an outcome, not an exception.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The outcome, when all was read; a second call gives the same task.</returns>
    /// <exception cref="OperationCanceledException">From the task: the token was cancelled, or the pump was disposed.</exception>
    /// <exception cref="Exception">From the task: what the source or a handler threw.</exception>
    public Task<StreamOutcome> RunAsync(CancellationToken cancellationToken = default) => _run ??= ReadAllAsync(cancellationToken);

    /// <summary>Ends the run if it is not over, the source unless it was left open, and the parser. A second call has no effect.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _disposing.Cancel();
        if (_run is { } run)
        {
            try
            {
                await run.ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whoever awaits the run is told; here it only has to be over.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
        else
        {
            await EndAsync().ConfigureAwait(false);
        }

        Parser.Dispose();
        _disposing.Dispose();
    }

    private async Task<StreamOutcome> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            while (Stop is null && await Parser.ReadAsync(_reader, either.Token).ConfigureAwait(false))
            {
            }
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }

        return Outcome;
    }

    // Also where the source failed: who awaits has to learn that nothing comes.
    private ValueTask EndAsync()
    {
        JsonOutcome parsed = Parser.Complete();
        Outcome = Stop is not null ? StreamOutcome.Stopped : (StreamOutcome)parsed;
        return _leaveOpen ? default : _reader.CompleteAsync();
    }
}
