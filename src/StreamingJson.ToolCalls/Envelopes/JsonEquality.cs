using System;
using System.Buffers.Text;
using System.Text.Json;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>Whether two JSON texts say the same: providers read arguments and write them again, with other blanks, escapes and numbers (<c>1.0</c>, <c>1</c>).</summary>
internal sealed class JsonEquality : IDisposable
{
    // Properties in another order are searched for one by one.
    private const int MaxDisorder = 1000;

    private readonly Envelope _first = new();
    private readonly Envelope _second = new();
    private readonly Utf8Buffer _text = new();

    public bool AreEqual(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        _first.TryRead(first, out EnvelopeValue one) && _second.TryRead(second, out EnvelopeValue other) && AreEqual(one, other);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _text.Dispose();
    }

    private bool AreEqual(EnvelopeValue first, EnvelopeValue second)
    {
        if (first.Type != second.Type)
        {
            return false;
        }

        return first.Type switch
        {
            JsonTokenType.StartObject => AreEqualObjects(first, second),
            JsonTokenType.StartArray => AreEqualArrays(first, second),
            JsonTokenType.String => AreEqualTexts(first.Raw, second.Raw),
            JsonTokenType.Number => first.Raw.SequenceEqual(second.Raw) || AreEqualNumbers(first.Raw, second.Raw),
            _ => true,
        };
    }

    private bool AreEqualArrays(EnvelopeValue first, EnvelopeValue second)
    {
        EnvelopeValue.ItemEnumerator others = second.EnumerateArray();
        foreach (EnvelopeValue item in first.EnumerateArray())
        {
            if (!others.MoveNext() || !AreEqual(item, others.Current))
            {
                return false;
            }
        }

        return !others.MoveNext();
    }

    private bool AreEqualObjects(EnvelopeValue first, EnvelopeValue second)
    {
        int count = 0;
        int disorder = 0;
        EnvelopeValue.PropertyEnumerator others = second.EnumerateObject();
        foreach (EnvelopeValue.PropertyEnumerator property in first.EnumerateObject())
        {
            count++;
            EnvelopeValue value = others.MoveNext() && AreEqualTexts(property.Name, others.Name) ? others.Value : default;
            if (value.Type == JsonTokenType.None)
            {
                value = ++disorder > MaxDisorder ? default : second[property.Name];
            }

            if (!AreEqual(property.Value, value))
            {
                return false;
            }
        }

        foreach (EnvelopeValue.PropertyEnumerator _ in second.EnumerateObject())
        {
            count--;
        }

        return count == 0;
    }

    private bool AreEqualTexts(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.SequenceEqual(second))
        {
            return true;
        }

        _text.Clear();
        int length = Unescape(first);
        Unescape(second);
        return _text.Written.Slice(0, length).SequenceEqual(_text.Written.Slice(length));
    }

    private int Unescape(ReadOnlySpan<byte> raw)
    {
        char pending = '\0';
        TextOddities oddities = TextOddities.None;
        _text.Advance(JsonStringText.Unescape(raw, _text.GetSpan(JsonStringText.MaxLength(raw.Length)), ref pending, ref oddities));
        return _text.Length;
    }

    private static bool AreEqualNumbers(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Utf8Parser.TryParse(first, out double one, out int read) && read == first.Length &&
        Utf8Parser.TryParse(second, out double other, out read) && read == second.Length && one.Equals(other);
}
