using System;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Patches;

/// <summary>What a patch puts at its place: <c>stringValue</c>, <c>numberValue</c>, <c>boolValue</c> or <c>nullValue</c>.</summary>
internal static class PatchValue
{
    /// <summary>Whether there is a value; a patch may only say that one will come, or that no more does.</summary>
    public static bool IsIn(EnvelopeValue patch) => patch["stringValue"u8].IsString || LiteralOf(patch).Type != default || IsNull(patch);

    /// <summary>Writes what is no string.</summary>
    public static void WriteLiteral(EnvelopeValue patch, Utf8Buffer output)
    {
        EnvelopeValue literal = LiteralOf(patch);
        if (literal.IsString)
        {
            // How protocol buffers write numbers that JSON has not (NaN).
            output.Append((byte)'"');
            output.Append(literal.Raw);
            output.Append((byte)'"');
            return;
        }

        output.Append(literal.HasValue ? literal.Raw : "null"u8);
    }

    /// <summary>Writes the name of a property, with quotes.</summary>
    public static void WriteName(ReadOnlySpan<byte> name, Utf8Buffer output)
    {
        output.Append((byte)'"');
        foreach (byte value in name)
        {
            if (value < 0x20)
            {
                output.Append(@"\u00"u8);
                output.Append((byte)(value < 0x10 ? '0' : '1'));
                output.Append("0123456789abcdef"u8[value & 0xF]);
                continue;
            }

            if (value is (byte)'"' or (byte)'\\')
            {
                output.Append((byte)'\\');
            }

            output.Append(value);
        }

        output.Append((byte)'"');
    }

    private static EnvelopeValue LiteralOf(EnvelopeValue patch)
    {
        EnvelopeValue number = patch["numberValue"u8];
        return number.HasValue ? number : patch["boolValue"u8];
    }

    // "NULL_VALUE", or null itself.
    private static bool IsNull(EnvelopeValue patch) => patch["nullValue"u8].Type != default;
}
