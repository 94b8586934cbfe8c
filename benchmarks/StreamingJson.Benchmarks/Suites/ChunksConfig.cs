using System;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace StreamingJson.Benchmarks.Suites;

/// <summary>Short enough that all documents and chunk sizes together take a few minutes; what must be exact is not a clock.</summary>
public sealed class ChunksConfig : ManualConfig
{
    // A young process runs code that is not optimised yet: the job's own three warm-ups are too few at this iteration time.
    private const int Warmups = 7;

    public ChunksConfig()
    {
        AddJobTo(this, Warmups);
        AddColumn(DeltaColumn.NanosecondsPerDelta, DeltaColumn.MegabytesPerSecond, DeltaColumn.BytesPerDelta);
    }

    /// <summary>What the suites have in common.</summary>
    internal static void AddJobTo(ManualConfig config, int warmups)
    {
        Job job = Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(150)).WithWarmupCount(warmups).WithIterationCount(5);

        // On CI no second project is generated, restored and built; each benchmark then shares its process with the others.
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            job = job.WithToolchain(InProcessEmitToolchain.Instance);
        }

        // The project that is generated takes seconds to build on a quiet machine, and minutes on one that builds other things, too.
        config.WithBuildTimeout(TimeSpan.FromMinutes(10));
        config.AddJob(job);
        config.AddDiagnoser(MemoryDiagnoser.Default);
        config.AddExporter(JsonExporter.Full);
    }
}
