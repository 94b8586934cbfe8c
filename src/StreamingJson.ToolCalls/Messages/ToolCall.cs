using System;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>A model's request to call a tool, with arguments that can be read while they are written.</summary>
/// <remarks>
/// A call ends once, and explicitly: by the provider's stop event or a finish reason, <em>and</em> a JSON root that is closed. That its
/// arguments parse so far never ends it, nor does the beginning of the next call. Not thread-safe; see <see cref="MessageItem"/> for the lifetime.
/// </remarks>
public sealed partial class ToolCall : MessageItem
{
    private string? _id;
    private string? _name;

    internal ToolCall(StreamingJsonParser parser)
        : base(parser)
    {
    }

    /// <summary>The id that the result is sent back with; empty while none is known. Made once.</summary>
    public string Id => _id ??= IdBuffer.ToString();

    /// <summary>The name of the tool; empty while none is known. Made once.</summary>
    public string Name => _name ??= NameBuffer.ToString();

    /// <summary><see cref="Id"/> as UTF-8, without a string. Valid until the next call on the reader.</summary>
    public ReadOnlySpan<byte> IdUtf8 => IdBuffer.Written;

    /// <summary><see cref="Name"/> as UTF-8, without a string. Valid until the next call on the reader.</summary>
    public ReadOnlySpan<byte> NameUtf8 => NameBuffer.Written;

    /// <summary>The parser of the arguments, to look at: its <see cref="StreamingJsonParser.Events"/> are those of the delta that was read last.</summary>
    /// <remarks>It belongs to the reader: do not append, complete, reset or dispose it. It reads nothing of free text (<see cref="ArgumentsState.Raw"/>).</remarks>
    public StreamingJsonParser Arguments => Parser!;

    /// <summary>The arguments so far, as a value that never changes: O(1), without allocation.</summary>
    public JsonSnapshot Snapshot => Parser!.Snapshot;

    /// <summary>How the call ended, or that it did not.</summary>
    public ToolCallOutcome Outcome { get; private set; }

    /// <summary>What the text of the arguments is.</summary>
    public ArgumentsState ArgumentsState { get; private set; }

    /// <summary>
    /// Whether the call ended, is complete and exactly what the model wrote, and nothing about it is in doubt. False while it is open. It does not
    /// say whether the call is wise, allowed, or fits the tool's schema. Also false if the provider runs the tool itself: <see cref="IsProviderExecuted"/>.
    /// </summary>
    public bool IsSafeToExecute => Reasons == UnsafeReasons.None && Outcome == ToolCallOutcome.Complete;

    /// <summary>What speaks against executing the call; none if and only if <see cref="IsSafeToExecute"/>.</summary>
    public UnsafeReasons Reasons { get; private set; }

    /// <summary>
    /// Whether the provider runs the tool itself (a search or code of its own, a server of MCP that it calls), so that there is nothing to execute: known when the
    /// call begins, and then <see cref="UnsafeReasons.ProviderExecuted"/> is among its <see cref="Reasons"/> when it ends. If that is the only one, the call is complete.
    /// </summary>
    /// <remarks>
    /// Anthropic's <c>server_tool_use</c> and <c>mcp_tool_use</c>, Bedrock's <c>server_tool_use</c>, <c>mcp_call</c> of OpenAI, <c>mcp_server_tool_call</c> of Gemini,
    /// <c>providerExecuted</c> of a UI message stream; known later where a result follows in the same stream (UI message stream, AG-UI). Other built-in tools of providers are no items at all.
    /// </remarks>
    public bool IsProviderExecuted { get; private set; }

    /// <summary>
    /// The arguments as a JSON text, to be handed to a tool: <see cref="MessageItem.GetText"/>, but <c>{}</c> where there are none
    /// (<see cref="ArgumentsState.Empty"/>), which is what providers mean by that. Look at <see cref="IsSafeToExecute"/> first.
    /// </summary>
    public string GetArgumentsJson() => ArgumentsState == ArgumentsState.Empty ? "{}" : GetText();

    /// <summary>How many pieces the arguments came in, empty ones included.</summary>
    public int FragmentCount { get; private set; }

    internal Utf8Buffer IdBuffer { get; } = new();

    internal Utf8Buffer NameBuffer { get; } = new();

    /// <summary>A second identity, where results go back by another id than the one that events carry (Responses: <c>item_id</c>).</summary>
    internal Utf8Buffer KeyBuffer { get; } = new();

    internal void SetId(ReadOnlySpan<byte> id)
    {
        IdBuffer.Set(id);
        _id = null;
    }

    internal void AppendName(ReadOnlySpan<byte> name)
    {
        NameBuffer.Append(name);
        _name = null;
    }

    internal void SetProviderExecuted()
    {
        IsProviderExecuted = true;
        Doubt(UnsafeReasons.ProviderExecuted);
    }

    internal override void Reset()
    {
        base.Reset();
        IdBuffer.Clear();
        NameBuffer.Clear();
        KeyBuffer.Clear();
        _id = _name = null;
        Outcome = ToolCallOutcome.Open;
        ArgumentsState = ArgumentsState.Partial;
        Reasons = UnsafeReasons.NotEnded;
        FragmentCount = 0;
        IsProviderExecuted = false;
        ResetAssembly();
    }

    internal override void Release()
    {
        base.Release();
        IdBuffer.Dispose();
        NameBuffer.Dispose();
        KeyBuffer.Dispose();
    }
}
