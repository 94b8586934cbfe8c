using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding;

namespace StreamingJson.ToolCalls;

/// <summary>Awaits values of a call's arguments while they are written: those of <see cref="StreamingJsonAwaits"/>, on <see cref="ToolCall.Arguments"/>.</summary>
/// <remarks>
/// A value that is there is not a call that may be executed: that is <see cref="ToolCall.IsSafeToExecute"/>. Awaits end when the reader is
/// reset or disposed, or, if a provider repeats the arguments, when they begin again. The stream must be read meanwhile; the
/// first await on a call must be made by the thread that reads.
/// </remarks>
public static class ToolCallAwaits
{
    /// <inheritdoc cref="StreamingJsonAwaits.GetAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static Task<T?> GetAsync<T>(this ToolCall call, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        ArgumentsOf(call).GetAsync(path, type, cancellationToken);

    /// <inheritdoc cref="StreamingJsonAwaits.ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static IAsyncEnumerable<T?> ItemsAsync<T>(this ToolCall call, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        ArgumentsOf(call).ItemsAsync(path, type, cancellationToken);

    /// <inheritdoc cref="StreamingJsonAwaits.TextAsync(StreamingJsonParser, string, CancellationToken)"/>
    public static IAsyncEnumerable<string> TextAsync(this ToolCall call, string path, CancellationToken cancellationToken = default) =>
        ArgumentsOf(call).TextAsync(path, cancellationToken);

    /// <inheritdoc cref="StreamingJsonAwaits.WhenStarted(StreamingJsonParser, string, CancellationToken)"/>
    public static Task<JsonValueKind> WhenStarted(this ToolCall call, string path, CancellationToken cancellationToken = default) =>
        ArgumentsOf(call).WhenStarted(path, cancellationToken);

    private static StreamingJsonParser ArgumentsOf(ToolCall call) => (call ?? throw new ArgumentNullException(nameof(call))).Arguments;
}
