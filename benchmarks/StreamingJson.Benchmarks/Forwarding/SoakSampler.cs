using System;
using System.IO;
using System.Text.Json;
using System.Threading;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>
/// Looks at the memory of the process that forwards: when all streams have begun, then at each tenth of them. A thread of its own, which waits for nobody: asked
/// over a socket, a busy process answers when it is done, and all samples are of its end. And by the provider's bytes, not by the clock: a machine that
/// cannot keep up with the pace has its samples at the same places.
/// </summary>
internal static class SoakSampler
{
    public const int Tenths = 10;

    public static void Start(SoakPlan plan, Func<bool, ForwardStatistics> read, TextWriter output) =>
        new Thread(() => Run(plan, read, output)) { IsBackground = true, Name = "Soak" }.Start();

    private static void Run(SoakPlan plan, Func<bool, ForwardStatistics> read, TextWriter output)
    {
        for (int tenth = 0; tenth < Tenths; tenth++)
        {
            while (read(false) is var now && (tenth == 0 ? now.Active < plan.Streams : now.BytesRead < plan.Bytes / Tenths * tenth))
            {
                Thread.Sleep(5);
            }

            output.WriteLine(JsonSerializer.Serialize(read(true)));
        }
    }
}
