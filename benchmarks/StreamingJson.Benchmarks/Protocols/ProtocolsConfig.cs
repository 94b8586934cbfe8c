using BenchmarkDotNet.Configs;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>As the other suite, with figures an event in place of those a chunk.</summary>
public sealed class ProtocolsConfig : ManualConfig
{
    // What reads a stream is many methods, and the compiler comes to the last of them after a second or two.
    private const int Warmups = 40;

    public ProtocolsConfig()
    {
        ChunksConfig.AddJobTo(this, Warmups);
        AddColumn(ResponseColumn.EventsPerSecond, ResponseColumn.MegabytesPerSecond, ResponseColumn.BytesPerEvent);
    }
}
