using System;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Running;
using StreamingJson.Benchmarks.Gate;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Metering;
using StreamingJson.Benchmarks.Peers;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Benchmarks.Ratios;

if (args is ["--meters"])
{
    return MeterCommand.Run();
}

if (args is ["--gate", ..])
{
    return GateCommand.Run(args.AsSpan(1));
}

if (args is ["--gate-selftest"])
{
    return GateSelfTest.Run();
}

if (args is ["--matrix", ..])
{
    return MatrixCommand.Run(args.AsSpan(1));
}

if (args is ["--peers", ..])
{
    return PeersCommand.Run(args.AsSpan(1));
}

if (args is ["--ratios", ..])
{
    return RatioCommand.Run(args.AsSpan(1));
}

if (args is ["--protocols", ..])
{
    return ProtocolCommand.Run(args.AsSpan(1));
}

// The switcher itself reports failed benchmarks in its table only.
return BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args)
    .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
