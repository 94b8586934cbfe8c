using System;

namespace StreamingJson;

/// <summary>
/// Told of a JSON text while it is being written, by a <see cref="JsonEventParser{THandler}"/>. Implement it on a struct: then no call is
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

    /// <summary>The text of the string grew: never by nothing, never by part of a scalar value.</summary>
    /// <param name="utf8Text">What came to it, unescaped, UTF-8. Also an escape cuts deltas.</param>
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

    /// <summary>The end was declared, and the text is a whole JSON text.</summary>
    void OnDocumentCompleted();
}
