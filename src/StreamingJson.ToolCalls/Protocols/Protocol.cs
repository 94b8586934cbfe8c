using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>One provider's dialect: finds in each payload what it says, and tells the assembler.</summary>
/// <remarks>
/// <para>How to add a protocol:</para>
/// <list type="number">
/// <item>a class in this folder, one file, derived from this one; the summary names the provider's page;</item>
/// <item>a line in <see cref="ProtocolTable"/>, before every protocol that would recognise the same payloads;</item>
/// <item>fixtures in <c>tests/StreamingJson.ToolCalls.Tests/Fixtures/(name)/</c>, in the exact wire format, the expected result beside them.</item>
/// </list>
/// <para>
/// A protocol holds only what is its own. Identity, ends, limits, surrogates, anomalies and events are the assembler's: <c>StartMessage</c>, <c>AppendText</c> /
/// <c>ConfirmPart</c>, <c>ResolveCall</c> (the merge rule) or <c>StartCall</c> / <c>FindCall</c>, <c>AppendArguments</c> / <c>ConfirmArguments</c>,
/// <c>EndCall</c>, <c>Finish</c>, <c>SetUsage</c>, <c>AddError</c>, <c>Report</c>, <c>Terminate</c>.
/// </para>
/// <list type="bullet">
/// <item>Look properties up (<c>root["delta"u8]["text"u8]</c>) instead of reading forward: their order is the gateway's. A value that is not there may be asked everything.</item>
/// <item>Hand strings on as <see cref="EnvelopeValue"/>: they are unescaped into the item's buffer, and a split surrogate pair is joined there.</item>
/// <item>Arguments that are objects: <c>AppendValue(call, value)</c>; where pieces of text may come as well, <c>AppendArguments(call, value, isObjectUsual: true)</c>. JSON text that the protocol builds itself (path patches): <c>AppendArguments(call, span)</c>.</item>
/// <item>A payload inside a payload (base64): an <see cref="Envelope"/> of the protocol's own, and <c>Read</c> of the inner protocol with the inner root.</item>
/// <item>Binary frames: <see cref="Frame.EventType"/> and <see cref="Frame.Headers"/>; messages of the types <c>exception</c> and <c>error</c> never come here, the reader reports them.</item>
/// <item><c>[DONE]</c> and payloads that are not JSON never come here either. Unknown events are ignored, as the providers ask.</item>
/// <item>Never allocate per payload. State in the class is reset by <see cref="Reset"/>.</item>
/// </list>
/// </remarks>
internal abstract class Protocol
{
    /// <summary>Which protocol it is.</summary>
    public abstract ModelProtocol Id { get; }

    /// <summary>Whether a stream always has a last event of its own, so that its absence is an anomaly.</summary>
    public virtual bool HasTerminator => false;

    /// <summary>Whether that event is <c>[DONE]</c> alone, which is no JSON: then only server-sent events have it, and a body of JSON ends without.</summary>
    public virtual bool HasTextTerminator => false;

    /// <summary>Whether a payload can only be one of this protocol; of the first payload that anybody recognises.</summary>
    public abstract bool Recognizes(in Frame frame, EnvelopeValue root);

    /// <summary>Reads one payload.</summary>
    /// <param name="frame">The frame it came in, for the event type and headers.</param>
    /// <param name="root">The payload.</param>
    /// <param name="message">Takes what the payload says.</param>
    public abstract void Read(in Frame frame, EnvelopeValue root, MessageAssembler message);

    /// <summary>Whether what it reads stands in another text that it takes out of the payload.</summary>
    public virtual bool HasInnerPayloads => false;

    /// <summary>The name of a string at the root of payloads that says nothing and is never read; empty if there is none.</summary>
    public virtual ReadOnlySpan<byte> PaddingName => default;

    /// <summary>The name of the number at the root of payloads that counts them; empty if there is none, or nobody looks at it.</summary>
    public virtual ReadOnlySpan<byte> SequenceNumberName => default;

    /// <summary>A payload had this number, and was otherwise one that was seen before.</summary>
    public virtual void ReadSequenceNumber(long number, MessageAssembler message)
    {
    }

    /// <summary>Forgets the stream.</summary>
    public virtual void Reset()
    {
    }
}
