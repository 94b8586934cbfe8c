using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace StreamingJson.Benchmarks.Suites;

/// <summary>The suites of BenchmarkDotNet, with its own command line.</summary>
internal static class SuiteRunner
{
    // They ask for no benchmark to run.
    private static readonly string[] Questions = ["--list", "--help", "-h", "--info", "--version"];

    /// <summary>The types that have benchmarks.</summary>
    public static IReadOnlyList<Type> Suites { get; } =
        [.. Assembly.GetExecutingAssembly().GetExportedTypes().Where(t => t.GetMethods().Any(m => m.IsDefined(typeof(BenchmarkAttribute)))).OrderBy(t => t.Name)];

    /// <summary>0, or 1 if a benchmark failed: the switcher itself says so in its table only.</summary>
    /// <exception cref="UsageException">Nothing would run.</exception>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            throw new UsageException("Say what to measure.");
        }

        CheckFilters(args);
        Type[] suites = [.. Suites];
        BenchmarkDotNet.Reports.Summary[] summaries = [.. BenchmarkSwitcher.FromTypes(suites).Run(args)];
        if (summaries.Length == 0)
        {
            return args.Any(Questions.Contains) ? 0 : throw new UsageException("Nothing was run.");
        }

        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
    }

    /// <summary>A pattern that no benchmark has is a mistake, also beside one that some have.</summary>
    internal static void CheckFilters(ReadOnlySpan<string> args)
    {
        if (!args.IsEmpty && !args[0].StartsWith('-'))
        {
            throw new UsageException($"'{args[0]}' is not understood.");
        }

        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is not ("--filter" or "-f"))
            {
                continue;
            }

            int patterns = 0;
            for (; i + 1 < args.Length && !args[i + 1].StartsWith('-'); i++, patterns++)
            {
                var filter = new GlobFilter([args[i + 1]]);
                if (!Suites.Any(s => BenchmarkConverter.TypeToBenchmarks(s).BenchmarksCases.Any(filter.Predicate)))
                {
                    throw new UsageException($"No benchmark matches '{args[i + 1]}'.");
                }
            }

            if (patterns == 0)
            {
                throw new UsageException("--filter needs a pattern.");
            }
        }
    }
}
