using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>
/// <c>--forward [MEGABYTES]</c>, and <c>--forward soak</c> (<see cref="SoakCommand"/>): a provider and clients in this process, and between them a back end
/// that forwards, in a process of its own on one core (throughput) or all (soak), over sockets of this machine.
/// </summary>
/// <remarks>
/// What is given as MB/s a core is divided by the processor time of the forwarding process, which does not depend on what else the machine does. Its memory
/// is what is alive after a full collection, in the middle of the streams.
/// </remarks>
internal static class ForwardCommand
{
    public static readonly string[] Formats = ["UIMessageStream", "AgUI", "JsonPatch"];

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["serve", var provider, .. var soak]:
                return await ForwardServer.RunAsync(new Uri(provider), SoakPlan.Parse(soak));
            case ["soak", .. { Length: <= 4 } soak]:
                return await SoakCommand.RunAsync(SoakPlan.Parse(soak) ?? new SoakPlan(500, 10, 10, Keep: false));
            case { Length: <= 1 } numbers:
                await MeasureAsync(numbers.Length > 0 ? Number(numbers[0]) : 512);
                return 0;
            default:
                throw new UsageException("--forward takes a number of megabytes, or soak and up to three numbers, the third one followed by keep or not.");
        }
    }

    public static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new UsageException($"'{text}' is no whole number above 0.");

    private static async Task MeasureAsync(int megabytes)
    {
        await using WebApplication provider = await ForwardProvider.StartAsync();
        using Process server = Start(provider.Urls.First(), cores: 1, out Uri address);
        using var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        Console.WriteLine(FormattableString.Invariant($"{megabytes} MB of a provider's stream (Chat, 4 bytes of text an event of {ForwardProvider.EventBytes} bytes), forwarded by one core:"));
        Console.WriteLine("format            MB/s a core   MB/s by the clock   B allocated an event   MB alive: at 1/8      at 7/8");
        foreach (string format in Formats)
        {
            await ReadAsync(client, $"/forward?format={format}&bytes=64000000");
            long bytes = megabytes * 1_000_000L;
            ForwardStatistics before = await StatisticsAsync(client);
            long startedAt = Stopwatch.GetTimestamp();
            ForwardStatistics early = default!, late = default!;
            Task reading = ReadAsync(client, $"/forward?format={format}&bytes={bytes}");
            while (!reading.IsCompleted)
            {
                ForwardStatistics now = await StatisticsAsync(client);
                long done = now.BytesRead - before.BytesRead;
                early = done <= bytes / 8 || early is null ? now : early;
                late = done <= bytes * 7 / 8 ? now : late;
                await Task.WhenAny(reading, Task.Delay(200));
            }

            await reading;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
            ForwardStatistics after = await StatisticsAsync(client);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{format,-16} {megabytes / (after.ProcessorSeconds - before.ProcessorSeconds),12:0.0} {megabytes / elapsed.TotalSeconds,19:0.0} {(after.AllocatedBytes - before.AllocatedBytes) / (bytes / ForwardProvider.EventBytes),22} {early.LiveBytes / 1e6,18:0.00} {late.LiveBytes / 1e6,11:0.00}"));
        }

        server.Kill();
    }

    /// <summary>The back end in a process of its own, which listens: the first line that it prints is where.</summary>
    public static Process Start(string provider, int cores, out Uri address, params string[] soak)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ForwardCommand).Assembly.Location);
        }

        start.ArgumentList.Add("--forward");
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(provider);
        Array.ForEach(soak, start.ArgumentList.Add);
        if (cores > 0)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = cores.ToString(CultureInfo.InvariantCulture);
        }

        Process process = Process.Start(start)!;
        if (cores > 0 && OperatingSystem.IsLinux())
        {
            process.ProcessorAffinity = (1 << cores) - 1;
        }

        address = new Uri(process.StandardOutput.ReadLine()!);
        return process;
    }

    /// <summary>Reads an answer to its end; its length.</summary>
    public static async Task<long> ReadAsync(HttpClient client, string path)
    {
        using HttpResponseMessage response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[64 * 1024];
        long received = 0;
        for (int count; (count = await body.ReadAsync(buffer)) > 0;)
        {
            received += count;
        }

        return received;
    }

    private static async Task<ForwardStatistics> StatisticsAsync(HttpClient client) => (await client.GetFromJsonAsync<ForwardStatistics>("/statistics"))!;
}
