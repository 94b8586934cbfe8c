using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Processes;

/// <summary>What the child process does: the loop, until its time is over.</summary>
internal static class Worker
{
    // Small, so that recursion on the depth of the input is found with short inputs; the oracles recurse, too, and fit.
    private const int StackBytes = 1 << 20;

    private static readonly TimeSpan ShareEvery = TimeSpan.FromSeconds(5);

    public static int Run(FuzzTarget target, RunOptions options, string currentPath)
    {
        var thread = new Thread(() => Loop(target, options, currentPath), StackBytes);
        thread.Start();
        thread.Join();
        return ExitCode.Clean;
    }

    private static void Loop(FuzzTarget target, RunOptions options, string currentPath)
    {
        var watch = Stopwatch.StartNew();
        bool isOver = false;
        using CurrentInput current = CurrentInput.Open(currentPath);
        var corpus = new Corpus(options.GrowsCorpus ? options.Folders.Grown(target.Name) : null);
        IReadOnlyList<byte[]> dictionary = TokenDictionary.Load(options.Folders.Dictionary(target.Dictionary));
        var loop = new FuzzLoop(target, dictionary, options.Seed, current, corpus, finding =>
        {
            finding.Save(options.FindingsOf(target.Name));
            isOver |= options.StopsAtFinding;
        });
        loop.Begin(target.Seeds(options.Folders));
        loop.Begin(corpus.TakeNewFiles());
        TimeSpan nextShare = ShareEvery;
        while (!isOver && watch.Elapsed.TotalSeconds < options.Seconds && (options.Runs == 0 || loop.Runs < options.Runs))
        {
            loop.Step();
            if (options.Jobs > 1 && watch.Elapsed > nextShare)
            {
                loop.Begin(corpus.TakeNewFiles());
                nextShare = watch.Elapsed + ShareEvery;
            }
        }

        current.Progress = loop.Progress;
    }
}
