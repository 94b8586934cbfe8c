using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>The ways to read one answer that are timed against each other.</summary>
internal static class ProtocolCases
{
    internal sealed class Library(ProviderResponse wire, ChunkSize size) : IRatioCase
    {
        private readonly ModelReads _reads = new(wire.Protocol);

        public string Name => "StreamingJson, a snapshot after every delta";

        public long Run() => _reads.Read(wire.Utf8, size);

        public void Check()
        {
            Run();
            Require(wire, _reads.GetCalls().SequenceEqual(wire.Calls) && _reads.GetText() == wire.Text, Name);
        }
    }

    internal sealed class ByHand(ProviderResponse wire, ChunkSize size) : IRatioCase
    {
        private readonly HandReads _reads = new(wire.Protocol);

        public string Name => "by hand, a parse at the end";

        public long Run() => _reads.Read(wire.Utf8, size);

        public void Check()
        {
            Run();
            Require(wire, _reads.GetCalls().SequenceEqual(wire.Calls) && _reads.GetText() == wire.Text, Name);
        }
    }

    internal sealed class OnePass(ProviderResponse wire) : IRatioCase
    {
        public string Name => "Utf8JsonReader, one pass over the payloads";

        public long Run() => wire.ReadPayloadsOnce();

        public void Check() => Require(wire, Run() > 0, Name);
    }

    private static void Require(ProviderResponse wire, bool right, string name)
    {
        if (!right)
        {
            throw new InvalidDataException($"{name}: other calls or another text than what was put into {wire.Name}.");
        }
    }
}
