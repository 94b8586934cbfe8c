using System;
using System.Collections.Generic;
using StreamingJson.Fuzz.Engine;

namespace StreamingJson.Fuzz.Targets;

/// <summary>What ends a process, on purpose: the supervisor must save the input that did it.</summary>
internal sealed class SelfTestTarget : FuzzTarget
{
    private readonly Action _end;

    private SelfTestTarget(string name, string expected, Action end)
        : base("selftest-" + name, $"a document that begins with an exclamation mark ends in: {expected}")
    {
        ExpectedKind = expected;
        _end = end;
    }

    public static IReadOnlyList<SelfTestTarget> All { get; } =
    [
        new("stack", "stack-overflow", () => Recurse(0)),
        new("hang", "hang", Hang),
        new("memory", nameof(OutOfMemoryException), Fill),
        new("exit", "exit-3", () => Environment.Exit(3)),
        new("throw", nameof(NotSupportedException), () => throw new NotSupportedException()),
    ];

    /// <summary>The kind that the finding must be of.</summary>
    public string ExpectedKind { get; }

    public override bool IsOfSelfTest => true;

    public override void Run(FuzzInput input)
    {
        if (input.Document.AsSpan().StartsWith("!"u8))
        {
            _end();
        }
    }

#pragma warning disable S2190, CA1806 // without end, on purpose
    private static int Recurse(int depth) => depth < 0 ? 0 : 1 + Recurse(depth + 1) + Recurse(depth + 2);
#pragma warning restore S2190, CA1806

    private static void Hang()
    {
        long spins = 0;
        while (spins >= 0)
        {
            spins = (spins + 1) & long.MaxValue;
        }
    }

    private static void Fill()
    {
        var kept = new List<byte[]>();
        while (kept.Count < int.MaxValue)
        {
            kept.Add(new byte[1 << 20]);
        }
    }
}
