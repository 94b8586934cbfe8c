using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace StreamingJson.Fuzz.Engine;

/// <summary>The inputs that each reached something new, in memory and, those that were found, in a folder, if there is one.</summary>
internal sealed class Corpus(string? folder)
{
    private const int VeryNew = 8;

    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<string> _names = [];

    public int Count => _inputs.Count;

    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>Adds a seed.</summary>
    public void Add(byte[] input) => _inputs.Add(input);

    /// <summary>Adds an input and writes it down.</summary>
    public void Keep(byte[] input)
    {
        Add(input);
        string name = NameOf(input);
        if (folder is not null && _names.Add(name))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, name), input);
        }
    }

    /// <summary>What lies in the folder and was not seen before: written by an earlier run, or by another that runs now.</summary>
    public List<byte[]> TakeNewFiles()
    {
        List<byte[]> inputs = [];
        if (folder is null || !Directory.Exists(folder))
        {
            return inputs;
        }

        foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            if (_names.Add(Path.GetFileName(path)) && TryRead(path) is { } input)
            {
                inputs.Add(input);
            }
        }

        return inputs;
    }

    /// <summary>One to go on from: the new ones and the short ones more often.</summary>
    public byte[] Pick(Randomness random)
    {
        // What was found just now is tried at once: it may be a step towards something.
        int newest = random.OneIn(2) ? Math.Min(_inputs.Count, VeryNew) : Math.Max(1, _inputs.Count / 4);
        int first = random.OneIn(2) ? _inputs.Count - 1 - random.Below(newest) : random.Below(_inputs.Count);
        int second = random.Below(_inputs.Count);
        return !random.OneIn(3) && _inputs[second].Length < _inputs[first].Length ? _inputs[second] : _inputs[first];
    }

    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input))[..16];

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return null; // the other one is writing it
        }
    }
}
