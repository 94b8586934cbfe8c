using System;

namespace StreamingJson;

/// <summary>
/// Called by a <see cref="JsonEventParser{THandler}"/> for a JSON text while it is being written. Implement it on a struct: then no call is
/// virtual.
/// </summary>
/// <remarks>
/// Events come in document order, each once, at the first byte that makes them certain (law 5). Nothing but the cutting of string deltas
/// depends on the chunks (law 1). Spans and contexts are valid during the call only. What a handler throws comes out of <c>Append</c>;
/// the parser then refuses everything until it is reset.
/// </remarks>
#pragma warning disable CA1711 // It handles JSON events, and is no delegate of the kind that the rule keeps the ending for.
public interface IJsonEventHandler
#pragma warning restore CA1711
{
    /// <summary>At the <c>{</c>.</summary>
    void OnStartObject(in JsonEventContext context);

    /// <summary>At the <c>}</c>: the object is complete.</summary>
    void OnEndObject(in JsonEventContext context);

    /// <summary>At the <c>[</c>.</summary>
    void OnStartArray(in JsonEventContext context);

    /// <summary>At the <c>]</c>: the array is complete.</summary>
    void OnEndArray(in JsonEventContext context);

    /// <summary>
    /// At the closing quote of a property name. The context is that of the value to come; its start is the offset after the name.
    /// </summary>
    /// <param name="utf8Name">The name, unescaped, UTF-8.</param>
    /// <param name="context">Where.</param>
    void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context);

    /// <summary>At the opening quote of a string value.</summary>
    void OnStartString(in JsonEventContext context);

    /// <summary>The text of the string grew: always by at least one character, never by part of one (of a Unicode scalar value).</summary>
    /// <param name="utf8Text">What was added, unescaped, UTF-8. An escape may also end a delta.</param>
    /// <param name="context">Where.</param>
    void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context);

    /// <summary>At the closing quote: the string is complete.</summary>
    void OnEndString(in JsonEventContext context);

    /// <summary>A number is complete: at the byte after it, or at the end of the text.</summary>
    /// <param name="utf8Number">The number as it was written.</param>
    /// <param name="context">Where.</param>
    void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context);

    /// <summary>At the last letter of <c>true</c> or <c>false</c>.</summary>
    void OnBoolean(bool value, in JsonEventContext context);

    /// <summary>At the last letter of <c>null</c>.</summary>
    void OnNull(in JsonEventContext context);

    /// <summary>The end was declared, and the text is a complete JSON text.</summary>
    void OnDocumentCompleted();
}
