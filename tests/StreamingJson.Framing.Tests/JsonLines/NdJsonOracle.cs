using System.Collections.Generic;
using System.Globalization;

namespace StreamingJson.Framing.Tests;

/// <summary>The lines of a text, by splitting it.</summary>
internal static class NdJsonOracle
{
    public static string Describe(FrameCopy frame) => string.Create(CultureInfo.InvariantCulture, $"{frame.Start}..{frame.End} {frame.Flags} {frame.Data}");

    public static List<string> Split(string stream)
    {
        var frames = new List<string>();
        string[] lines = stream.Split('\n');
        int at = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool isLast = i == lines.Length - 1;
            string data = line.TrimStart(' ', '\t', '\r');
            if (data.Length > 0)
            {
                int start = at + line.Length - data.Length;
                int end = at + line.Length + (isLast ? 0 : 1);
                data = data.EndsWith('\r') ? data[..^1] : data;
                frames.Add(string.Create(CultureInfo.InvariantCulture, $"{start}..{end} {(isLast ? FrameFlags.Unterminated : FrameFlags.None)} {data}"));
            }

            at += line.Length + 1;
        }

        return frames;
    }
}
