using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>What a <see cref="StreamingJsonChatClient"/> reads. Immutable; may be shared.</summary>
[Experimental(PartialFunctionCallContent.DiagnosticId)]
public sealed record StreamingJsonChatOptions
{
    /// <summary>
    /// The adapters that read the updates of the provider's SDK, tried in turn: <c>OpenAIUpdateAdapter.Instance</c> of StreamingJson.OpenAI,
    /// <c>AnthropicUpdateAdapter.Instance</c> of StreamingJson.Anthropic, your own. None by default: then a function call is seen when it is complete.
    /// </summary>
    public IReadOnlyList<ModelUpdateAdapter> Adapters { get; init; } = [];

    /// <summary>The caps on what a stream may hold.</summary>
    public ToolCallLimits Limits { get; init; } = ToolCallLimits.Default;
}
