using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// The processor time of the calling thread, where the system tells it to the nanosecond (Linux), else the time that passes: on a machine that is
/// shared, the turns of the others do not count.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID

    public static bool IsProcessorTime { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetTime(ThreadProcessorTime, out _) == 0;

    public static long Nanoseconds =>
        IsProcessorTime && GetTime(ThreadProcessorTime, out TimeSpec time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
            : (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
