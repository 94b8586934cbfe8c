using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>A provider whose stream is as long, and as fast, as it is asked for.</summary>
internal static class ForwardProvider
{
    /// <summary>How many events a second of life has: about as many tokens as a fast model.</summary>
    public const int EventsPerSecond = 40;

    private const int EventsPerWrite = 10;

    private static readonly byte[] Event = Encoding.UTF8.GetBytes(
        "data: {\"id\":\"chatcmpl-7f3\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"demo-large\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" abc\"},\"finish_reason\":null}]}\n\n");

    private static readonly byte[] End = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    private static readonly byte[] Block = Repeat(350);

    private static readonly byte[] Beat = Repeat(EventsPerWrite);

    public static int EventBytes => Event.Length;

    /// <summary>Of a stream of some seconds of life.</summary>
    public static long BytesOf(int seconds) => (WritesOf(seconds) * Beat.Length) + End.Length;

    public static async Task<WebApplication> StartAsync()
    {
        WebApplication app = CreateServer();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return app;
    }

    public static WebApplication CreateServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MinResponseDataRate = null);
        return builder.Build();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        if (long.TryParse(context.Request.Query["bytes"], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            for (long sent = 0; sent < bytes; sent += Block.Length)
            {
                await context.Response.BodyWriter.WriteAsync(Block, context.RequestAborted);
            }
        }
        else
        {
            long writes = WritesOf(int.Parse(context.Request.Query["seconds"]!, CultureInfo.InvariantCulture));
            TimeSpan interval = TimeSpan.FromSeconds((double)EventsPerWrite / EventsPerSecond / int.Parse(context.Request.Query["speed"]!, CultureInfo.InvariantCulture));
            long startedAt = Stopwatch.GetTimestamp();
            for (long write = 0; write < writes; write++)
            {
                TimeSpan ahead = (write * interval) - Stopwatch.GetElapsedTime(startedAt);
                if (ahead > TimeSpan.Zero)
                {
                    await Task.Delay(ahead, context.RequestAborted);
                }

                await context.Response.BodyWriter.WriteAsync(Beat, context.RequestAborted);
            }
        }

        await context.Response.BodyWriter.WriteAsync(End, context.RequestAborted);
    }

    private static long WritesOf(int seconds) => (long)seconds * EventsPerSecond / EventsPerWrite;

    private static byte[] Repeat(int count)
    {
        byte[] block = new byte[count * Event.Length];
        for (int i = 0; i < count; i++)
        {
            Event.CopyTo(block, i * Event.Length);
        }

        return block;
    }
}
