using System;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Running;
using StreamingJson.Benchmarks.Forwarding;
using StreamingJson.Benchmarks.Gate;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Metering;
using StreamingJson.Benchmarks.Partials;
using StreamingJson.Benchmarks.Patches;
using StreamingJson.Benchmarks.Paths;
using StreamingJson.Benchmarks.Peers;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Benchmarks.Ratios;

switch (args)
{
    case ["--meters"]:
        return MeterCommand.Run();
    case ["--gate", ..]:
        return GateCommand.Run(args.AsSpan(1));
    case ["--gate-selftest"]:
        return GateSelfTest.Run();
    case ["--matrix", ..]:
        return MatrixCommand.Run(args.AsSpan(1));
    case ["--peers", ..]:
        return PeersCommand.Run(args.AsSpan(1));
    case ["--ratios", ..]:
        return RatioCommand.Run(args.AsSpan(1));
    case ["--protocols", ..]:
        return ProtocolCommand.Run(args.AsSpan(1));
    case ["--paths"]:
        return PathRatioCommand.Run();
    case ["--partials"]:
        return PartialsCommand.Run();
    case ["--patches", ..]:
        return PatchesCommand.Run(args.AsSpan(1));
    case ["--forward", ..]:
        return await ForwardCommand.RunAsync(args.AsMemory(1));
    default:
        // The switcher itself reports failed benchmarks in its table only.
        return BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args)
            .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}
