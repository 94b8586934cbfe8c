using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using StreamingJson.Binding;

namespace StreamingJson.ToolCalls;

/// <content>The arguments as a value of a type.</content>
public sealed partial class ToolCall
{
    /// <summary>A reader of the arguments so far as a <typeparamref name="T"/>, to be asked after any event of the call.</summary>
    /// <remarks>
    /// It says nothing of whether the call may be executed: that is <see cref="IsSafeToExecute"/>. It lives as long as the call, the values
    /// that it gave stay.
    /// </remarks>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing; by default as the contract has it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    public PartialReader<T> ReadPartial<T>(JsonTypeInfo<T> jsonTypeInfo, PartialOptions? options = null) =>
        Arguments.ReadPartial(jsonTypeInfo, options);

    /// <summary>
    /// Partials of the arguments, the newest whenever it is asked for one, and always the last: for one who shows the call on another thread
    /// than the one that reads the stream. Call it on that one, with any event of the call.
    /// </summary>
    /// <remarks>
    /// As <see cref="StreamingJsonPartials.ReadPartialsAsync{T}(StreamingJsonParser, JsonTypeInfo{T}, PartialOptions?, CancellationToken)"/> on
    /// <see cref="Arguments"/>. Arguments that are <see cref="ArgumentsState.Empty"/> are no text: the enumeration ends as for one that was cut at 0. Where a
    /// provider repeats its arguments, they begin anew and the enumeration ends.
    /// </remarks>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing.</param>
    /// <param name="cancellationToken">Ends the wait; the stream goes on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    /// <exception cref="StreamingJsonException">From the enumeration, after the last partial: the arguments are invalid or were truncated.</exception>
    /// <exception cref="InvalidOperationException">From the enumeration, after the last partial: the call was given up, or its arguments began anew.</exception>
    /// <exception cref="OperationCanceledException">From the enumeration.</exception>
    public IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        JsonTypeInfo<T> jsonTypeInfo, PartialOptions? options = null, CancellationToken cancellationToken = default) =>
        Arguments.ReadPartialsAsync(jsonTypeInfo, options, cancellationToken);
}
