namespace StreamingJson.ToolCalls;

/// <summary>How many tokens were used, as far as the provider said so far; a number that it did not give is <see langword="null"/>.</summary>
/// <param name="InputTokens">What was read: <c>prompt_tokens</c>, <c>input_tokens</c>, <c>promptTokenCount</c>.</param>
/// <param name="OutputTokens">What was written: <c>completion_tokens</c>, <c>output_tokens</c>, <c>candidatesTokenCount</c>.</param>
/// <param name="TotalTokens">The sum, if the provider gives one.</param>
/// <param name="CachedInputTokens">What was read from a cache.</param>
/// <param name="ReasoningTokens">What was written as reasoning.</param>
public readonly record struct ModelUsage(long? InputTokens, long? OutputTokens, long? TotalTokens, long? CachedInputTokens, long? ReasoningTokens);

/// <summary>An error that the provider reported in the stream.</summary>
/// <param name="Code">Its code or type, if it has one.</param>
/// <param name="Message">What it says, if anything.</param>
public sealed record ModelError(string? Code, string? Message);
