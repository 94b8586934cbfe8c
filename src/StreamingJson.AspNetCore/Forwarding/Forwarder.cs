using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StreamingJson.AspNetCore.Formats;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Forwarding;

/// <summary>Forwards one stream to one client.</summary>
/// <remarks>
/// <code>
///   source --ReadAsync--> events --AnswerWriter--> format --EventOutput--> body --FlushAsync--> client
///                                      ^ timer: what a pace holds back, comments in silence
/// </code>
/// Reading waits for nobody; all to the right of it is done by whoever holds the gate. A slow client makes a flush wait, and with it the reading, and so the
/// provider. Nothing is allocated for an event.
/// </remarks>
internal sealed partial class Forwarder(HttpContext context, ModelForwardOptions options) : IDisposable
{
    private readonly ForwardedAnswer _result = new(context, options);
    private readonly long _startedAt = options.TimeProvider.GetTimestamp();
    private readonly SemaphoreSlim _gate = new(1, 1);

    // Of a stream that was opened.
    private CancellationTokenSource? _ending;
    private EventOutput? _output;
    private AnswerWriter? _answer;

    public async Task RunAsync(Upstream upstream)
    {
        upstream.Claim();
        var refusal = new UpstreamRefusal();
        ModelStream? stream = null;
        ForwardInstruments.Active.Add(1);
        try
        {
            stream = await OpenAsync(upstream, refusal).ConfigureAwait(false);
            if (stream is null)
            {
                await RefuseAsync(refusal).ConfigureAwait(false);
            }
            else
            {
                _result.Reader = stream.Reader;
                await ForwardAsync(stream).ConfigureAwait(false);
            }
        }
        finally
        {
            try
            {
                await EndAsync().ConfigureAwait(false);
            }
            finally
            {
                ForwardInstruments.Active.Add(-1);
                if (stream is null)
                {
                    await upstream.EndAsync().ConfigureAwait(false);
                }
                else
                {
                    await stream.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _ending?.Dispose();
        _output?.Dispose();
        _answer?.Dispose();
    }

    private async Task<ModelStream?> OpenAsync(Upstream upstream, UpstreamRefusal refusal)
    {
        bool keepText = options.Source.KeepText && options.OnEnded is not null;
        try
        {
            ModelStream? stream = await upstream.OpenAsync(options.Source with { KeepText = keepText }, refusal, context.RequestAborted).ConfigureAwait(false);
            _result.Outcome = refusal.Outcome;
            _result.ProviderStatus = refusal.ProviderStatus;
            return stream;
        }
        catch (Exception exception) when (exception is System.Net.Http.HttpRequestException or System.IO.IOException or OperationCanceledException)
        {
            _result.Exception = exception;
            _result.Outcome = context.RequestAborted.IsCancellationRequested ? ForwardOutcome.ClientAborted : ForwardOutcome.Truncated;
            return null;
        }
        catch (Exception exception)
        {
            _result.Exception = exception;
            _result.Outcome = ForwardOutcome.Failed;
            throw;
        }
    }

    private async Task ForwardAsync(ModelStream stream)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _output = new EventOutput(context.Response.BodyWriter);
        FormatWriter format = FormatWriter.Create(options, _output);
        PrepareResponse(format);
        _answer = new AnswerWriter(options, format, stream);
        try
        {
            options.Configure?.Invoke(stream);
            StartTimer();
            await ReadAllAsync(stream).ConfigureAwait(false);
            await StopTimerAsync().ConfigureAwait(false);
            await FinishAsync(stream).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsClientGone(exception))
        {
            _result.Outcome = ForwardOutcome.ClientAborted;
        }
        catch (Exception exception)
        {
            _result.Exception = _timerFault?.SourceException ?? exception;
            _result.Outcome = ForwardOutcome.Failed;
            await StopTimerAsync().ConfigureAwait(false);
            await FailAsync().ConfigureAwait(false);
            _timerFault?.Throw();
            throw;
        }
        finally
        {
            await StopTimerAsync().ConfigureAwait(false);
            _result.Stop = stream.Stop;
            _result.BytesSent = _output.Bytes;
            _result.EventsSent = _output.Events;
        }
    }

    private async Task ReadAllAsync(ModelStream stream)
    {
        while (true)
        {
            await TakeEventsAsync(stream).ConfigureAwait(false);
            try
            {
                if (!await stream.ReadAsync(_ending!.Token).ConfigureAwait(false))
                {
                    return;
                }
            }
#pragma warning disable CA1031 // A source may throw what it likes; it is told to the client, to OnEnded and to the log.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                context.RequestAborted.ThrowIfCancellationRequested();
                _timerFault?.Throw();
                _result.Exception = exception;
                return;
            }
        }
    }

    private async ValueTask TakeEventsAsync(ModelStream stream)
    {
        await _gate.WaitAsync(_ending!.Token).ConfigureAwait(false);
        try
        {
            while (stream.TryRead(out ModelEvent next))
            {
                _answer!.Take(next);
            }

            FlushIfDue();
            await FlushAsync().ConfigureAwait(false);
            ArmTimer();
        }
        finally
        {
            LeaveGate();
        }
    }

    private async Task FinishAsync(ModelStream stream)
    {
        _result.Outcome = OutcomeOf(stream);
        bool isRefusal = !_answer!.IsStarted && _answer.PendingBytes == 0 && _output!.Bytes == 0 && _result.Outcome is not (ForwardOutcome.Complete or ForwardOutcome.Stopped);
        if (isRefusal)
        {
            await RefuseAsync(new UpstreamRefusal()).ConfigureAwait(false);
            return;
        }

        _answer.Finish(_result.Outcome, Describe());
        await FlushAsync().ConfigureAwait(false);
    }

    // What code of the application threw comes out of the endpoint, but the client is told first that the answer is not whole; not in the midst of another event.
    private async Task FailAsync()
    {
        if (_output!.Bytes > 0 && !context.RequestAborted.IsCancellationRequested)
        {
            _output.Drop();
            _answer!.Finish(ForwardOutcome.Failed, Describe());
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private ForwardOutcome OutcomeOf(ModelStream stream)
    {
        ModelMessage message = stream.Message;
        if (stream.Stop is not null)
        {
            return ForwardOutcome.Stopped;
        }

        if (message.Errors.Count > 0)
        {
            return ForwardOutcome.ProviderError;
        }

        if (_result.Exception is not null)
        {
            return ForwardOutcome.Truncated;
        }

        // A call that was cut by a limit on tokens makes the message truncated, but not the stream: the provider said that it finished.
        bool isFinished = message.Outcome == JsonOutcome.Complete || _answer!.IsFinished;
        return isFinished ? ForwardOutcome.Complete : message.Outcome == JsonOutcome.Invalid ? ForwardOutcome.Invalid : ForwardOutcome.Truncated;
    }

    private string Describe() => options.DescribeFailure is { } describe && _result.Outcome != ForwardOutcome.Complete ? describe(_result) : _result.Outcome switch
    {
        ForwardOutcome.ProviderError => "The model reported an error.",
        ForwardOutcome.Truncated => "The answer broke off.",
        ForwardOutcome.Invalid => "The answer could not be read.",
        ForwardOutcome.Stopped => "The answer was stopped.",
        _ => "The answer could not be forwarded.",
    };

    private async ValueTask EndAsync()
    {
        _result.Duration = options.TimeProvider.GetElapsedTime(_startedAt);
        ForwardInstruments.RecordEnd(_result);
        if (context.RequestServices?.GetService<ILoggerFactory>() is { } loggers)
        {
            ForwardLog.End(loggers.CreateLogger("StreamingJson.AspNetCore"), _result);
        }

        if (options.OnEnded is { } onEnded)
        {
            await onEnded(_result).ConfigureAwait(false);
        }
    }

    private bool IsClientGone(Exception exception) =>
        exception is OperationCanceledException or System.IO.IOException && context.RequestAborted.IsCancellationRequested;
}
