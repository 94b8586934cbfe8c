using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using StreamingJson.AspNetCore;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>The back end that is measured: nothing but <c>Results.Extensions.ModelStream</c>, and what it costs.</summary>
internal static class ForwardServer
{
    /// <summary>The pace of the soak, in simulated time: with each write of the provider.</summary>
    public static readonly TimeSpan SoakInterval = TimeSpan.FromMilliseconds(250);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = Timeout.InfiniteTimeSpan };

    private static long _bytesRead;
    private static int _active;

    public static async Task<int> RunAsync(Uri provider, SoakPlan? soak)
    {
        await using WebApplication app = ForwardProvider.CreateServer();
        app.Run(async context =>
        {
            IResult result = context.Request.Path == "/statistics" ? TypedResults.Json(ReadStatistics(collect: true)) : await ForwardAsync(provider, context);
            await result.ExecuteAsync(context);
        });
        await app.StartAsync();
        foreach (string address in app.Urls)
        {
            Console.WriteLine(address);
        }

        if (soak is not null)
        {
            SoakSampler.Start(soak, ReadStatistics, Console.Out);
        }

        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static ForwardStatistics ReadStatistics(bool collect) => new(
        Volatile.Read(ref _bytesRead),
        Environment.CpuUsage.TotalTime.TotalSeconds,
        GC.GetTotalMemory(collect),
        Environment.WorkingSet,
        GC.GetTotalAllocatedBytes(),
        Volatile.Read(ref _active));

    private static async Task<IResult> ForwardAsync(Uri provider, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        int speed = query.TryGetValue("speed", out var value) ? int.Parse(value!, CultureInfo.InvariantCulture) : 0;
        Interlocked.Increment(ref _active);
        HttpResponseMessage response = await Client.GetAsync(new Uri(provider, context.Request.QueryString.Value), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        response.Content = new CountedContent(response.Content);
        return TypedResults.Extensions.ModelStream(response, new ModelForwardOptions
        {
            Format = Enum.Parse<ModelStreamFormat>(query["format"]!),
            Source = new ToolCalls.ModelStreamOptions { KeepText = query.ContainsKey("keep") },
            Pace = speed > 0 ? Pace.Every(SoakInterval / speed) : null,
            OnEnded = answer =>
            {
                Interlocked.Decrement(ref _active);
                return answer.Outcome == ForwardOutcome.Complete ? default : throw new InvalidOperationException($"{answer.Outcome}: {answer.Exception}");
            },
        });
    }

    /// <summary>Says how far a stream got.</summary>
    private sealed class CountedContent(HttpContent content) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync() => new CountedStream(await content.ReadAsStreamAsync());

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            content.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class CountedStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await inner.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref _bytesRead, count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>What forwarding cost so far.</summary>
/// <param name="BytesRead">Of the provider's streams.</param>
/// <param name="ProcessorSeconds">Of the process.</param>
/// <param name="LiveBytes">After a full collection, where one was asked for.</param>
/// <param name="ResidentBytes">Of the process.</param>
/// <param name="AllocatedBytes">Since the process began.</param>
/// <param name="Active">Streams that are being forwarded.</param>
internal sealed record ForwardStatistics(long BytesRead, double ProcessorSeconds, long LiveBytes, long ResidentBytes, long AllocatedBytes, int Active);
