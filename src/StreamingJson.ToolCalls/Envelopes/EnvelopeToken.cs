using System.Text.Json;

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>One row of an <see cref="Envelope"/>: a value or a property name.</summary>
/// <remarks>
/// Start and length are those of the raw bytes: of a string and a name without the quotes, of a container with its brackets. <c>Next</c> is
/// the row behind the value and all that is in it.
/// </remarks>
internal struct EnvelopeToken
{
    public int Start;
    public int Length;
    public int Next;
    public JsonTokenType Type;
    public bool IsEscaped;
}
