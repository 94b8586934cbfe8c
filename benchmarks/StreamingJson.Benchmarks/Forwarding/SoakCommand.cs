using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>
/// <c>--forward soak [STREAMS [MINUTES [SPEED [keep]]]]</c>: many paced streams at once, and what is alive in the process that forwards them after a full
/// collection: when all of them have begun, then at each tenth of them. Exit code 1 if it grew from the first tenth on, or a stream was lost.
/// </summary>
internal static class SoakCommand
{
    public static async Task<int> RunAsync(SoakPlan plan)
    {
        await using WebApplication provider = await ForwardProvider.StartAsync();
        using Process server = ForwardCommand.Start(provider.Urls.First(), cores: 0, out Uri address, plan.ToArguments());
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        Say($"{plan.Streams} streams of {plan.Minutes} min at {ForwardProvider.EventsPerSecond} events/s, paced at {ForwardServer.SoakInterval.TotalMilliseconds:0} ms, {plan.Speed} times as fast as life{(plan.Keep ? ", texts kept" : "")}:");
        long startedAt = Stopwatch.GetTimestamp();
        Task<IReadOnlyList<ForwardStatistics>> sampling = SampleAsync(server.StandardOutput, plan, startedAt);
        Task<long[]> reading = Task.WhenAll(Enumerable.Range(0, plan.Streams).Select(number => ForwardCommand.ReadAsync(
            client,
            string.Create(CultureInfo.InvariantCulture, $"/forward?format={ForwardCommand.Formats[number % 3]}&seconds={plan.Length.TotalSeconds:0}&speed={plan.Speed}{(plan.Keep ? "&keep" : "")}"))));
        try
        {
            long[] received = await reading;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
            Say($"ended after {elapsed.TotalSeconds:0.0} s of {(plan.Length / plan.Speed).TotalSeconds:0.0} s planned: {received.Length} streams complete, {received.Sum() / 1e6:0.0} MB received");
            return Judge(await sampling, plan);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Say($"FAILED: a stream was lost: {e.Message}");
            return 1;
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<IReadOnlyList<ForwardStatistics>> SampleAsync(StreamReader output, SoakPlan plan, long startedAt)
    {
        Say($"simulated   by the clock   active   MB alive   MB resident   processor s");
        var samples = new List<ForwardStatistics>();
        while (samples.Count < SoakSampler.Tenths && await output.ReadLineAsync() is { } line)
        {
            ForwardStatistics now = JsonSerializer.Deserialize<ForwardStatistics>(line)!;
            samples.Add(now);
            TimeSpan simulated = plan.Length * ((double)now.BytesRead / plan.Bytes);
            Say($"{simulated,9:mm\\:ss} {Stopwatch.GetElapsedTime(startedAt).TotalSeconds,12:0.0} s {now.Active,8} {now.LiveBytes / 1e6,10:0.00} {now.ResidentBytes / 1e6,13:0.0} {now.ProcessorSeconds,13:0.0}");
        }

        return samples;
    }

    private static int Judge(IReadOnlyList<ForwardStatistics> samples, SoakPlan plan)
    {
        IReadOnlyList<ForwardStatistics> steady = [.. samples.Skip(1)];
        SoakVerdict verdict = SoakVerdict.Of(steady, plan);
        double events = (double)plan.Bytes / ForwardProvider.EventBytes;
        Say($"alive from the first tenth on: {steady[0].LiveBytes / 1e6:0.00} MB first, {steady[^1].LiveBytes / 1e6:0.00} last, {steady.Min(sample => sample.LiveBytes) / 1e6:0.00} least, {steady.Max(sample => sample.LiveBytes) / 1e6:0.00} most");
        Say($"{(verdict.IsPassed ? "passed" : "FAILED")}: a slope of {verdict.Growth / 1e6:0.00} MB in {plan.Minutes} min, or {verdict.Growth / events:0.000} bytes an event; the bound is a block of {SoakVerdict.BlockSize} bytes a stream, {verdict.Bound / 1e6:0.00} MB or {verdict.Bound / events:0.000} bytes an event");
        return verdict.IsPassed ? 0 : 1;
    }

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
