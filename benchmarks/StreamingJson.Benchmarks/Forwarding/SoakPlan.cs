using System;
using System.Globalization;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>How many streams of how many minutes of life, and how many times as fast.</summary>
/// <param name="Streams">All at once.</param>
/// <param name="Minutes">Of life, each.</param>
/// <param name="Speed">Times as fast as life.</param>
/// <param name="Keep">Whether the texts are kept, so that memory grows and the soak must fail: its self-test.</param>
internal sealed record SoakPlan(int Streams, int Minutes, int Speed, bool Keep)
{
    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>What all streams have of the provider's bytes.</summary>
    public long Bytes => Streams * ForwardProvider.BytesOf(Minutes * 60);

    /// <summary>Null without arguments.</summary>
    /// <exception cref="UsageException">An argument is no whole number above 0.</exception>
    public static SoakPlan? Parse(ReadOnlySpan<string> args)
    {
        bool keep = args is [_, _, _, "keep"];
        int[] numbers = [500, 10, 10];
        for (int i = 0; i < args.Length - (keep ? 1 : 0); i++)
        {
            numbers[Math.Min(i, 2)] = i < 3 ? ForwardCommand.Number(args[i]) : throw new UsageException($"'{args[i]}' is not keep.");
        }

        return args.IsEmpty ? null : new SoakPlan(numbers[0], numbers[1], numbers[2], keep);
    }

    public string[] ToArguments()
    {
        string[] numbers = [.. Array.ConvertAll([Streams, Minutes, Speed], number => number.ToString(CultureInfo.InvariantCulture))];
        return Keep ? [.. numbers, "keep"] : numbers;
    }
}
