using System;
using System.Text.Json.Serialization.Metadata;
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
}
