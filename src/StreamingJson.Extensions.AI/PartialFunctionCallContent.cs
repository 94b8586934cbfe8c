using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>A function call as far as the model has written it: content that <see cref="StreamingJsonChatClient"/> adds to a streamed update.</summary>
/// <remarks>
/// It shows the call as it was when its update came and never changes (law 8); a later update has a newer one with the same <see cref="CallId"/>. It may be kept
/// and read on any thread. It is for looking at, and is never sent to a model: invoke the <see cref="FunctionCallContent"/> of the provider's
/// client, which still comes. If a provider repeats the arguments of a call, they begin again, and views of the earlier ones are invalid:
/// <see cref="Snapshot"/> of older contents then throws <see cref="InvalidOperationException"/> when it is read.
/// </remarks>
[Experimental(DiagnosticId)]
public sealed class PartialFunctionCallContent : AIContent
{
    internal const string DiagnosticId = "STREAMINGJSON001";

    private readonly CallPartials _partials;

    internal PartialFunctionCallContent(ToolCall call, CallPartials partials)
    {
        _partials = partials;
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

    /// <summary>The 0-based index of the choice that the call is part of.</summary>
    public int Choice { get; }

    /// <summary>The arguments so far.</summary>
    public JsonSnapshot Snapshot { get; }

    /// <summary>How the call ended, or that it did not yet.</summary>
    public ToolCallOutcome Outcome { get; }

    /// <summary>What speaks against executing the call.</summary>
    public UnsafeReasons Reasons { get; }

    /// <summary>Whether the call ended, is complete and exactly what the model wrote, and nothing about it is in doubt; see <see cref="ToolCall.IsSafeToExecute"/>.</summary>
    public bool IsSafeToExecute { get; }

    /// <summary>
    /// The arguments so far as a <typeparamref name="T"/>: which of its properties are there, growing or complete. What is complete is deserialised once for
    /// all contents of the call, and is the same object in each.
    /// </summary>
    /// <remarks>Best called on contents in the order in which they came: one that is older than the one before is read from the start.</remarks>
    /// <param name="jsonTypeInfo">The contract; if source-generated, it uses no reflection.</param>
    /// <param name="options">What may be seen growing; by default as the contract says.</param>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The arguments of the call have begun again since.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    public Partial<T> GetPartial<T>(JsonTypeInfo<T> jsonTypeInfo, PartialOptions? options = null) =>
        _partials.Read(Snapshot, jsonTypeInfo ?? throw new ArgumentNullException(nameof(jsonTypeInfo)), options ?? PartialOptions.Default);
}
