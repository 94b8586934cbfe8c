using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks;

/// <summary>What figures were measured on.</summary>
internal static class Machine
{
    public static string Runtime => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";

    public static string Clock => ThreadClock.IsProcessorTime ? "processor time of the thread" : "elapsed time";

    /// <summary>Runnable threads of the whole machine, a mean of the last minute; negative where the system does not tell.</summary>
    public static double Load
    {
        get
        {
            const string Info = "/proc/loadavg";
            return File.Exists(Info) && double.TryParse(File.ReadAllText(Info).Split(' ')[0], CultureInfo.InvariantCulture, out double load) ? load : -1;
        }
    }

    /// <summary>The name that the processor gives itself.</summary>
    public static string Processor { get; } = FindProcessor();

    private static string FindProcessor()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
