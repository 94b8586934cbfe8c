using System;
using System.Collections.Generic;
using StreamingJson.Fuzz.Coverage;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Engine;

/// <summary>The loop: mutate, run, keep what reached something new, report what does not hold. In a woven process, on one thread.</summary>
internal sealed class FuzzLoop
{
    private const int MutationsOfOne = 64;

    private readonly FuzzTarget _target;
    private readonly CurrentInput _current;
    private readonly Corpus _corpus;
    private readonly Action<Finding> _report;
    private readonly HashSet<string> _keys = [];
    private readonly SeenEdges _seen = new();
    private readonly Randomness _random;
    private readonly Mutator _mutator;

    public FuzzLoop(FuzzTarget target, IReadOnlyList<byte[]> dictionary, ulong seed, CurrentInput current, Corpus corpus, Action<Finding> report)
    {
        _target = target;
        _current = current;
        _corpus = corpus;
        _report = report;
        _random = new Randomness(seed);
        _mutator = new Mutator(_random, dictionary, target.MaxLength);
        Runs = current.Progress.Runs;
    }

    public long Runs { get; private set; }

    public FuzzProgress Progress => new(Runs, _corpus.Count, _seen.Edges, _seen.Features, _keys.Count);

    /// <summary>Runs the seeds; those that add nothing are left out.</summary>
    public void Begin(IEnumerable<byte[]> seeds)
    {
        foreach (byte[] seed in seeds)
        {
            if (TryRun(seed))
            {
                _corpus.Add(seed);
            }
        }

        if (_corpus.Count == 0)
        {
            _corpus.Add([0, 0]);
        }
    }

    /// <summary>One input of the corpus, changed in many ways.</summary>
    public void Step()
    {
        byte[] parent = _corpus.Pick(_random);
        for (int i = 0; i < MutationsOfOne; i++)
        {
            ReadOnlySpan<byte> input = _mutator.Mutate(parent, _corpus.Pick(_random));
            if (TryRun(input))
            {
                _corpus.Keep(input.ToArray());
            }
        }

        _current.Progress = Progress;
    }

    // True when the run reached something new. A finding is not kept: what is new about it is the finding.
    private bool TryRun(ReadOnlySpan<byte> input)
    {
        _current.Set(input);
        Exception? thrown = Run(input);
        bool isNew = _seen.Merge();
        _current.CountRun(++Runs);
        if (thrown is null)
        {
            return isNew;
        }

        Finding finding = Finding.Of(_target, thrown, input);
        if (_keys.Add(finding.Key))
        {
            byte[] smallest = Shrink(finding);
            _report(Attempt(_target, smallest) is { } again ? Finding.Of(_target, again, smallest) : finding);
            _current.Progress = Progress;
        }

        return false;
    }

    private Exception? Run(ReadOnlySpan<byte> input)
    {
        EdgeMap.Clear();
        return Attempt(_target, input);
    }

    /// <summary>Runs an input once.</summary>
    /// <returns>What was thrown, which is a finding; <see langword="null"/> when all holds.</returns>
    public static Exception? Attempt(FuzzTarget target, ReadOnlySpan<byte> input)
    {
#pragma warning disable CA1031 // that is the point
        try
        {
            target.Run(new FuzzInput(input));
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
#pragma warning restore CA1031
    }

    private byte[] Shrink(Finding finding) => Shrinker.Shrink(finding.Input, candidate =>
    {
        _current.Set(candidate);
        Exception? thrown = Attempt(_target, candidate);
        _current.CountRun(++Runs);
        return thrown is not null && Finding.Of(_target, thrown, candidate).Key == finding.Key;
    });
}
