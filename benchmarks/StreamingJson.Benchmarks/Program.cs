using System;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Running;
using StreamingJson.Benchmarks.Metering;
using StreamingJson.Benchmarks.Patches;
using StreamingJson.Benchmarks.Ratios;

if (args is ["--meters"])
{
    return MeterCommand.Run();
}

if (args is ["--patches", ..])
{
    return PatchesCommand.Run(args.AsSpan(1));
}

if (args is ["--ratios", ..])
{
    return RatioCommand.Run(args.AsSpan(1));
}

// The switcher itself reports failed benchmarks in its table only.
return BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args)
    .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
