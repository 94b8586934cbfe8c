using System.Globalization;
using System.Text;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>
/// Builds JSON text with or without the one blank that models write after a colon and a comma;
/// <see cref="System.Text.Json.Utf8JsonWriter"/> has no such form.
/// </summary>
internal sealed class JsonText(bool spaced)
{
    private readonly StringBuilder _text = new();
    private readonly string _comma = spaced ? ", " : ",";
    private readonly string _colon = spaced ? ": " : ":";
    private bool _needsComma;

    public int Length => _text.Length;

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    public JsonText OpenObject() => Open('{');

    public JsonText CloseObject() => Close('}');

    public JsonText OpenArray() => Open('[');

    public JsonText CloseArray() => Close(']');

    public JsonText Name(string name)
    {
        Separate();
        Quote(name, escapeNonAscii: false);
        _text.Append(_colon);
        _needsComma = false;
        return this;
    }

    public JsonText Value(string value, bool escapeNonAscii = false)
    {
        Separate();
        Quote(value, escapeNonAscii);
        return this;
    }

    public JsonText Value(long value) => Literal(value.ToString(CultureInfo.InvariantCulture));

    public JsonText Value(decimal value) => Literal(value.ToString(CultureInfo.InvariantCulture));

    public JsonText Value(bool value) => Literal(value ? "true" : "false");

    public JsonText Null() => Literal("null");

    /// <summary>A number in a notation of the caller's choice, such as <c>1.5e-7</c>.</summary>
    public JsonText Literal(string literal)
    {
        Separate();
        _text.Append(literal);
        return this;
    }

    private JsonText Open(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _needsComma = false;
        return this;
    }

    private JsonText Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
        return this;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _text.Append(_comma);
        }

        _needsComma = true;
    }

    private void Quote(string value, bool escapeNonAscii)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': _text.Append("\\\""); break;
                case '\\': _text.Append("\\\\"); break;
                case '\n': _text.Append("\\n"); break;
                case '\t': _text.Append("\\t"); break;
                default:
                    if (c < ' ' || (escapeNonAscii && c > '~'))
                    {
                        _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        _text.Append(c);
                    }

                    break;
            }
        }

        _text.Append('"');
    }
}
