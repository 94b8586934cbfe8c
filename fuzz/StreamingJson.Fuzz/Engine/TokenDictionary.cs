using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace StreamingJson.Fuzz.Engine;

/// <summary>Words of a grammar, in the format of AFL and libFuzzer: <c>name="text"</c>, with <c>\\</c>, <c>\"</c> and <c>\xNN</c>; <c>#</c> begins a comment.</summary>
internal static class TokenDictionary
{
    public static IReadOnlyList<byte[]> Load(string path)
    {
        var tokens = new List<byte[]>();
        foreach (string line in File.ReadLines(path))
        {
            int open = line.IndexOf('"', StringComparison.Ordinal);
            int close = line.LastIndexOf('"');
            if (line.Length > 0 && line[0] != '#' && close > open)
            {
                tokens.Add(Unescape(line[(open + 1)..close]));
            }
        }

        return tokens;
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
            else if (text[++i] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }
}
