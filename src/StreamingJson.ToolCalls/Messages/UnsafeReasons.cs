using System;

namespace StreamingJson.ToolCalls;

/// <summary>What speaks against executing a call, each on its own.</summary>
[Flags]
public enum UnsafeReasons
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>not_ended</c>: the call is open.</summary>
    NotEnded = 1,

    /// <summary><c>arguments_truncated</c>: the arguments stop before their end.</summary>
    ArgumentsTruncated = 1 << 1,

    /// <summary><c>arguments_invalid</c>: the arguments are not JSON.</summary>
    ArgumentsInvalid = 1 << 2,

    /// <summary><c>arguments_not_object</c>: the arguments are JSON, but not an object (for example a string that contains JSON).</summary>
    ArgumentsNotObject = 1 << 3,

    /// <summary><c>arguments_raw</c>: free text, which does not show whether it is complete.</summary>
    ArgumentsRaw = 1 << 4,

    /// <summary><c>repaired</c>: the arguments are not what was received: a repetition was dropped, or bytes that are not text were replaced.</summary>
    Repaired = 1 << 5,

    /// <summary><c>arguments_contradicted</c>: the provider's own text of all arguments, at the end of the call or after it, differs from what was streamed.</summary>
    ArgumentsContradicted = 1 << 6,

    /// <summary><c>arguments_after_end</c>: more arguments came after the call had ended.</summary>
    ArgumentsAfterEnd = 1 << 7,

    /// <summary><c>identity_doubt</c>: pieces may belong to another call.</summary>
    IdentityDoubt = 1 << 8,

    /// <summary><c>missing_name</c>: the stream never named the tool to call.</summary>
    MissingName = 1 << 9,

    /// <summary><c>limit_exceeded</c>: a limit of <see cref="ToolCallLimits"/> was exceeded.</summary>
    LimitExceeded = 1 << 10,

    /// <summary><c>no_explicit_end</c>: the stream ended, or broke off, before the end of the call was announced.</summary>
    NoExplicitEnd = 1 << 11,

    /// <summary><c>finish_reason</c>: the model was cut, stopped or failed (<see cref="FinishReason.Length"/>, <see cref="FinishReason.ContentFilter"/>, <see cref="FinishReason.Error"/>, ...).</summary>
    FinishReason = 1 << 12,

    /// <summary><c>stream_error</c>: the provider reported an error, or the stream could not be read while the call was open.</summary>
    StreamError = 1 << 13,

    /// <summary><c>after_finish</c>: the call began after the model had said that it was finished.</summary>
    AfterFinish = 1 << 14,

    /// <summary><c>provider_rejected</c>: the provider itself reports the call as incomplete, invalid or cancelled.</summary>
    ProviderRejected = 1 << 15,

    /// <summary><c>repeated_names</c>: a property name occurs twice in one object of the arguments, and readers differ on which one counts (RFC 8259, section 4).</summary>
    RepeatedNames = 1 << 16,

    /// <summary><c>provider_executed</c>: the provider runs the tool itself (<see cref="ToolCall.IsProviderExecuted"/>), and nobody else should.</summary>
    ProviderExecuted = 1 << 17,

    /// <summary><c>stopped</c>: a guard stopped the stream (<see cref="ModelStream.StopOnArguments"/>, <see cref="ModelStream.StopOnText"/>), whichever call it looked at.</summary>
    Stopped = 1 << 18,
}
