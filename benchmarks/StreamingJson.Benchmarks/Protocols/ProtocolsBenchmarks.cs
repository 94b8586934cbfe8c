using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>From the bytes of a provider's answer to a look at the arguments after every delta, against the same work by hand.</summary>
[Config(typeof(ProtocolsConfig))]
public class ProtocolsBenchmarks
{
    private static readonly ChunkSize Read = new(4096);
    private ProtocolCases.Library _library = null!;
    private ProtocolCases.ByHand _byHand = null!;

    public static IEnumerable<ProviderResponse> AllResponses => ProviderResponse.All;

    [ParamsSource(nameof(AllResponses))]
    public ProviderResponse Response { get; set; } = ProviderResponse.All[0];

    /// <summary>What finds other calls than those that were put in is not timed.</summary>
    [GlobalSetup]
    public void Check()
    {
        _library = new ProtocolCases.Library(Response, Read);
        _byHand = new ProtocolCases.ByHand(Response, Read);
        _library.Check();
        _byHand.Check();
    }

    [Benchmark(Baseline = true, Description = "StreamingJson, a snapshot after every delta")]
    public long Library() => _library.Run();

    [Benchmark(Description = "by hand, a parse at the end")]
    public long ByHand() => _byHand.Run();

    [Benchmark(Description = "Utf8JsonReader, one pass over the payloads")]
    public long OnePass() => Response.ReadPayloadsOnce();
}
