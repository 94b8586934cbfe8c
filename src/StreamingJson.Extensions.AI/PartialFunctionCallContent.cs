using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>A function call as far as the model has written it: content that <see cref="StreamingJsonChatClient"/> adds to a streamed update.</summary>
/// <remarks>
/// It shows the call as it was when its update came and never changes (law 8); a later update has a newer one with the same <see cref="CallId"/>. It may be kept
/// and read on any thread. It is for looking at, and is never sent to a model: what is to be invoked is the <see cref="FunctionCallContent"/> of the provider's
/// client, which still comes.
/// </remarks>
[Experimental(DiagnosticId)]
public sealed class PartialFunctionCallContent : AIContent
{
    internal const string DiagnosticId = "STREAMINGJSON001";

    internal PartialFunctionCallContent(ToolCall call)
    {
        CallId = call.Id;
        Name = call.Name;
        Choice = call.Choice;
        Snapshot = call.Snapshot;
        Outcome = call.Outcome;
        Reasons = call.Reasons;
        IsSafeToExecute = call.IsSafeToExecute;
    }

    /// <summary>The id that the result is sent back with; empty while none is known.</summary>
    public string CallId { get; }

    /// <summary>The name of the function; empty while none is known.</summary>
    public string Name { get; }

    /// <summary>The 0-based index of the alternative answer that the call is part of.</summary>
    public int Choice { get; }

    /// <summary>The arguments so far.</summary>
    public JsonSnapshot Snapshot { get; }

    /// <summary>How the call ended, or that it did not yet.</summary>
    public ToolCallOutcome Outcome { get; }

    /// <summary>What speaks against executing the call.</summary>
    public UnsafeReasons Reasons { get; }

    /// <summary>Whether the call ended, is exactly what the model wrote, whole, and nothing is doubted; see <see cref="ToolCall.IsSafeToExecute"/>.</summary>
    public bool IsSafeToExecute { get; }
}
