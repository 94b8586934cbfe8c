using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Engine;

/// <summary>An input for which something does not hold. Two findings with one key are taken for one.</summary>
internal sealed record Finding(string Target, string Kind, string Key, string Message, byte[] Input)
{
    /// <summary>The name of its file: the kind, and a digest of the key.</summary>
    public string FileName => $"{Kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))[..10]}";

    /// <summary>What a target threw; what threw it, and the calls that led there, are the key.</summary>
    public static Finding Of(FuzzTarget target, Exception exception, ReadOnlySpan<byte> input)
    {
        string kind = exception.GetType().Name;
        string[] calls = [.. new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).Where(IsOurs).Select(method => $"{method!.DeclaringType!.Name}.{method.Name}")];
        return new Finding(target.Name, kind, $"{kind} {string.Join(' ', calls.Take(4))}", exception.ToString(), input.ToArray());
    }

    /// <summary>An end of the process.</summary>
    public static Finding OfProcess(string target, string kind, string message, byte[] input) =>
        new(target, kind, kind + Convert.ToHexStringLower(SHA256.HashData(input)), message, input);

    /// <summary>Writes the input, and beside it what it shows. A finding that is there with a shorter input stays.</summary>
    /// <returns>The path of the input.</returns>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || new FileInfo(path).Length > Input.Length)
        {
            File.WriteAllBytes(path, Input);
            File.WriteAllText(path + ".txt", Describe());
        }

        return path;
    }

    /// <summary>The input in words, and the message.</summary>
    public string Describe()
    {
        var input = new FuzzInput(Input);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Target}: {Kind}\nflags 0x{input.Flags:X2}, cuts [{string.Join(',', input.Cuts)}], document of {input.Document.Length} bytes:\n{Printable(input.Document)}\n\n{Message}\n");
    }

    private static string Printable(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes)
        {
            _ = b is >= 0x20 and < 0x7F && b != '\\' ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}");
        }

        return text.ToString();
    }

    private static bool IsOurs(System.Reflection.MethodBase? method) =>
        method?.DeclaringType?.FullName?.StartsWith(nameof(StreamingJson), StringComparison.Ordinal) == true;
}
