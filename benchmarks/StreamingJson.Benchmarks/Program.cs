using System;
using System.Reflection;
using BenchmarkDotNet.Running;
using StreamingJson.Benchmarks.Ratios;

if (args is ["--ratios", ..])
{
    return RatioCommand.Run(args.AsSpan(1));
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
