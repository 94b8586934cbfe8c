using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>
/// <c>--protocols [protocols] [read sizes]</c>, each a list with commas: from a provider's bytes to a look at the JSON after every
/// delta, against the same by hand and against one pass over the payloads, in turns; well under a minute.
/// </summary>
internal static class ProtocolCommand
{
    private static readonly ChunkSize[] Sizes = [new(256), new(16 * 1024)];

    // Of each case, before any is timed: until then the code of all sides is optimised, also where other processes leave the compiler little time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static int Run(ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(given, 2);
        List<ProviderResponse> wires = arguments.List(0, ProviderResponse.All, ProviderResponse.Get);
        List<ChunkSize> sizes = arguments.List(1, Sizes, ChunkSize.Parse);
        wires.ForEach(wire => Warm(CasesOf(wire, sizes[0]), WarmUp));
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        Console.WriteLine("One call or, as text, structured output, in deltas of four characters. Medians of pairs measured in turns, quartiles in brackets.");
        Console.WriteLine("by hand: time of SseParser (AWS: its SDK's decoder) + JsonDocument an event + StringBuilder + a parse at the end, over ours.");
        Console.WriteLine("pass: our time over one pass of Utf8JsonReader over the payloads.");
        Console.WriteLine();
        Console.WriteLine($"{"protocol",-23}{"read",7}{"events",8}{"wire B",9}{"events/s",12}{"MB/s",8}{"B/event",9}{"by hand",9}{"quartiles",16}{"B/event",9}{"pass",8}{"quartiles",16}");
        foreach (ProviderResponse wire in wires)
        {
            sizes.ForEach(size => Print(wire, size));
        }

        return 0;
    }

    private static void Print(ProviderResponse wire, ChunkSize size)
    {
        IRatioCase[] cases = CasesOf(wire, size);
        (IRatioCase library, IRatioCase byHand, IRatioCase onePass) = (cases[0], cases[1], cases[2]);
        Warm(cases, WarmUp / 4);
        RatioResult factor = RatioMeasurement.Measure(byHand, library);
        RatioResult pass = RatioMeasurement.Measure(library, onePass);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{wire.Name,-23}{size,7}{wire.Events,8}{wire.Utf8.Length,9}{wire.Events * 1e9 / pass.Nanoseconds,12:0}{wire.Utf8.Length * 1e3 / pass.Nanoseconds,8:0}{pass.AllocatedBytes / wire.Events,9:0.0}{factor.Ratio,9:0.00}{Quartiles(factor),16}{factor.AllocatedBytes / wire.Events,9:0}{pass.Ratio,8:0.00}{Quartiles(pass),16}"));
    }

    private static IRatioCase[] CasesOf(ProviderResponse wire, ChunkSize size) =>
        [new ProtocolCases.Library(wire, size), new ProtocolCases.ByHand(wire, size), new ProtocolCases.OnePass(wire)];

    private static void Warm(IRatioCase[] cases, TimeSpan time)
    {
        foreach (IRatioCase @case in cases)
        {
            @case.Check();
            RatioMeasurement.RunFor(@case, time);
        }
    }

    private static string Quartiles(RatioResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"[{result.LowerQuartile:0.00}-{result.UpperQuartile:0.00}]");
}
