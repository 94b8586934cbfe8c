namespace StreamingJson.AspNetCore;

/// <summary>How a forwarded stream is written: each is server-sent events.</summary>
public enum ModelStreamFormat
{
    /// <summary>
    /// UI message stream v1 of Vercel's AI SDK, as <c>useChat</c> reads it (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol). A call that is safe to execute ends
    /// in <c>tool-input-available</c>, any other in <c>tool-input-error</c>; a complete one that the provider executes in the former, as <c>providerExecuted</c>.
    /// </summary>
    UIMessageStream = 0,

    /// <summary>
    /// AG-UI events (https://docs.ag-ui.com/concepts/events). Only a call that is safe to execute, or that the provider executes, gets its <c>TOOL_CALL_END</c>; after any other a
    /// <c>CUSTOM</c> event says why not, and the run ends in <c>RUN_ERROR</c>.
    /// </summary>
    AgUI = 1,

    /// <summary>
    /// JSON patches (RFC 6902, and <c>append</c> for text unless <see cref="ModelForwardOptions.StandardPatches"/>), one array per event, of a document that is the
    /// whole response: <c>{"items":[{"kind":"text","choice","text"},{"kind":"tool_call","choice","id","name","arguments","outcome","safe_to_execute","reasons"}],"outcome",...}</c>.
    /// An event of type <c>done</c> is the last one.
    /// </summary>
    JsonPatch = 2,
}
