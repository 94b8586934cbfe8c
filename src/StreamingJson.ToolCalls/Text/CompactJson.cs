using System;

namespace StreamingJson.ToolCalls.Text;

/// <summary>A JSON value that a reader has accepted, without the blanks between its tokens; all else to the letter.</summary>
internal static class CompactJson
{
    public static void Write(ReadOnlySpan<byte> json, Utf8Buffer output)
    {
        Span<byte> target = output.GetSpan(json.Length);
        int written = 0;
        bool inString = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte value = json[i];
            if (!inString && Utf8Spans.IsBlank(value))
            {
                continue;
            }

            target[written++] = value;
            if (value == '"')
            {
                inString = !inString;
            }
            else if (inString && value == '\\')
            {
                target[written++] = json[++i];
            }
        }

        output.Advance(written);
    }
}
