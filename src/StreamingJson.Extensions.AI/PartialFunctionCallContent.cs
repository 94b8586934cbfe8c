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

    internal PartialFunctionCallContent(ToolCall call, CallPartials partials, bool isExecuted)
    {
        _partials = partials;
        CallId = call.Id;
        Name = call.Name;
        Choice = call.Choice;
        Snapshot = call.Snapshot;
        Outcome = call.Outcome;
        IsProviderExecuted = isExecuted || call.IsProviderExecuted;
        Reasons = call.Reasons | (isExecuted ? UnsafeReasons.ProviderExecuted : UnsafeReasons.None);
        IsSafeToExecute = call.IsSafeToExecute && !isExecuted;
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

    /// <summary>
    /// Whether the call ended, is exactly what the model wrote, whole, and nothing is doubted; see <see cref="ToolCall.IsSafeToExecute"/>. False also where
    /// somebody else executes it: <see cref="IsProviderExecuted"/>.
    /// </summary>
    public bool IsSafeToExecute { get; }

    /// <summary>
    /// Whether the provider, or a client behind this one, runs the tool or has run it, so that there is nothing to execute; then
    /// <see cref="UnsafeReasons.ProviderExecuted"/> is among the <see cref="Reasons"/> when the call has ended.
    /// </summary>
    /// <remarks>
    /// What the protocol says of the call (<see cref="ToolCall.IsProviderExecuted"/>) is known from its beginning. Else it is so when the stream brings the call's
    /// <see cref="FunctionCallContent"/> with <see cref="FunctionCallContent.InformationalOnly"/>, or a <see cref="FunctionResultContent"/> with its id: a call
    /// that was shown before is then shown once more.
    /// </remarks>
    public bool IsProviderExecuted { get; }

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
