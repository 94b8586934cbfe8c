using System;
using Microsoft.Extensions.Logging;

namespace StreamingJson.AspNetCore.Forwarding;

/// <summary>What is logged: how each stream ended. Nothing that the model or the user wrote, and no text of the provider.</summary>
internal static partial class ForwardLog
{
    public static void End(ILogger logger, ForwardedAnswer result)
    {
        switch (result.Outcome)
        {
            case ForwardOutcome.Complete or ForwardOutcome.ClientAborted or ForwardOutcome.Stopped:
                Ended(logger, result.Outcome, result.EventsSent, result.BytesSent, result.Duration.TotalMilliseconds);
                break;
            default:
                Failed(logger, result.Outcome, result.ProviderStatus, result.EventsSent, result.BytesSent, result.Duration.TotalMilliseconds, result.Exception);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Forwarding a model stream ended {Outcome} after {Events} events, {Bytes} bytes and {Milliseconds:0} ms.")]
    private static partial void Ended(ILogger logger, ForwardOutcome outcome, long events, long bytes, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Forwarding a model stream ended {Outcome} (provider status {ProviderStatus}) after {Events} events, {Bytes} bytes and {Milliseconds:0} ms.")]
    private static partial void Failed(ILogger logger, ForwardOutcome outcome, int? providerStatus, long events, long bytes, double milliseconds, Exception? exception);
}
