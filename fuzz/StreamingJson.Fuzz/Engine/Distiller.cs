using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Fuzz.Coverage;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Engine;

/// <summary>Corpus minimisation: few and small inputs that together reach all that the given ones reach. In a woven process.</summary>
internal static class Distiller
{
    private const int MaxTriesForOne = 400;

    public static List<byte[]> Distill(FuzzTarget target, IEnumerable<byte[]> inputs)
    {
        List<(byte[] Input, int[] Features)> all = [.. inputs.Select(input => (input, Features: FeaturesOf(target, input))).OrderBy(pair => pair.input.Length)];
        List<(byte[] Input, int[] Features)> chosen = Cover(all);
        var distilled = new List<byte[]>();
        for (int i = 0; i < chosen.Count; i++)
        {
            HashSet<int> owed = [.. chosen[i].Features];
            owed.ExceptWith(chosen.Where((_, other) => other != i).SelectMany(other => other.Features));
            byte[] smallest = Shrinker.Shrink(chosen[i].Input, candidate => owed.IsSubsetOf(FeaturesOf(target, candidate)), MaxTriesForOne);
            chosen[i] = (smallest, FeaturesOf(target, smallest));
            distilled.Add(smallest);
        }

        return distilled;
    }

    // The smallest first, each that adds something.
    private static List<(byte[] Input, int[] Features)> Cover(List<(byte[] Input, int[] Features)> inputs)
    {
        var covered = new HashSet<int>();
        var chosen = new List<(byte[] Input, int[] Features)>();
        foreach ((byte[] input, int[] features) in inputs)
        {
            int before = covered.Count;
            covered.UnionWith(features);
            if (covered.Count > before)
            {
                chosen.Add((input, features));
            }
        }

        return chosen;
    }

    private static int[] FeaturesOf(FuzzTarget target, byte[] input)
    {
        EdgeMap.Clear();
        Exception? thrown = FuzzLoop.Attempt(target, input);
        return thrown is null ? SeenEdges.FeaturesOfLastRun() : []; // a finding is no seed
    }
}
