using BenchmarkDotNet.Configs;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>As the other suite, with figures an event in place of those a chunk.</summary>
public sealed class ProtocolsConfig : ManualConfig
{
    public ProtocolsConfig()
    {
        ChunksConfig.AddJobTo(this);
        AddColumn(ResponseColumn.EventsPerSecond, ResponseColumn.MegabytesPerSecond, ResponseColumn.BytesPerEvent);
    }
}
