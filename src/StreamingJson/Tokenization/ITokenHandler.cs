using System;
using System.Text.Json;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <summary>
/// What the scanner tells, as it becomes certain. Implemented by structs only, so that no call is virtual.
/// </summary>
/// <remarks>
/// All positions are indexes into the data given to <see cref="Tokenizer{THandler}.Scan"/>. Text is unescaped, well-formed UTF-8: a
/// piece never ends inside a scalar value. A name or string without an escape is handed over as one piece of the data itself, if the
/// handler asks for text at all.
/// </remarks>
internal interface ITokenHandler
{
    /// <summary>Whether <c>OnText</c> is wanted also for text that stands in the data as it is. A constant of the type.</summary>
    bool WantsPlainText { get; }

    void OnStartContainer(bool isObject, int start);

    void OnEndContainer(bool isObject, int end, bool hasTrailingComma);

    void OnComment();

    /// <summary>A name without an escape, which came whole; false when its object has it already and may not.</summary>
    bool OnName(ReadOnlySpan<byte> data, int start, int end);

    /// <summary>A string without an escape, which came whole.</summary>
    void OnString(ReadOnlySpan<byte> data, int start, int end);

    /// <summary>A name that comes in pieces or has an escape.</summary>
    void OnStartName(int start);

    /// <summary>A string that comes in pieces or has an escape.</summary>
    void OnStartString(int start);

    /// <summary>The first escape of a name or string was met: all text not yet handed over follows by <c>OnText</c>.</summary>
    void OnEscaped();

    void OnText(ReadOnlySpan<byte> utf8Text);

    /// <summary>As <see cref="OnText(ReadOnlySpan{byte})"/>, for the bytes of a <see cref="ShortText"/>; false when that is not taken.</summary>
    bool TryAppendShortText(ulong utf8Text, int length);

    /// <summary>
    /// Takes text with escapes, as it stands in the data, as far as <see cref="EscapedText"/> does: how many bytes. Not asked of a handler
    /// that wants plain text. The text is the first <paramref name="length"/> bytes.
    /// </summary>
    int TakeEscapedText(ReadOnlySpan<byte> json, int length);

    /// <summary>As the other overload, for text of one ASCII character.</summary>
    void OnText(byte ascii);

    /// <summary>A name is whole; false when its object has it already and may not.</summary>
    bool OnEndName(ReadOnlySpan<byte> data, int end);

    void OnEndString(int end, bool hasReplacedSurrogate);

    void OnNumber(ReadOnlySpan<byte> data, int start, int end);

    void OnLiteral(JsonValueKind kind, int start, int end);
}
