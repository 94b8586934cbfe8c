using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Framing;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>The command: its options, its records, its exit codes. What it serves is tested where clients are.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Chat = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AsAProcess_ItSaysWhereItListens_AndTellsOfEachRequest()
    {
        string file = _folder.Add("chat.sse", Chat);
        using Process process = Start("replay", "--port", "0", "--speed", "0", "--cut", "random", "--seed", "5", "--fail-at", "20", file);
        try
        {
            JsonElement listening = await ReadRecordAsync(process);
            Assert.Equal(["event", "url", "seed", "recordings"], ToolRun.Keys(listening));
            Assert.Equal("listening", listening.GetProperty("event").GetString());
            Assert.Equal(5, listening.GetProperty("seed").GetInt32());
            var address = new Uri(listening.GetProperty("url").GetString()!);
            Assert.Equal("127.0.0.1", address.Host);
            Assert.Equal(
                $$"""{"file":{{JsonSerializer.Serialize(file)}},"protocol":"openai-chat","content_type":"text/event-stream; charset=utf-8","bytes":{{Chat.Length}},"paths":["/v1/chat/completions","/replay/1"]}""",
                listening.GetProperty("recordings")[0].GetRawText());
            using var client = new HttpClient { BaseAddress = address };
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync("/v1/chat/completions"));
            Assert.Equal(
                $$"""{"event":"request","method":"GET","path":"/v1/chat/completions","status":200,"file":{{JsonSerializer.Serialize(file)}},"bytes":20,"outcome":"failed"}""",
                (await ReadRecordAsync(process)).GetRawText());
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/elsewhere")).StatusCode);
            Assert.Equal("""{"event":"request","method":"GET","path":"/elsewhere","status":404,"file":null""", (await ReadRecordAsync(process)).GetRawText().Split(",\"bytes\"")[0]);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task AnAddressThatIsTaken_IsBadUsage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        ToolRun run = await ToolRun.OfAsync("replay", "--port", port, _folder.Add("chat.sse", Chat));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(port, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "-1", "--port takes a port from 0 to 65535.")]
    [InlineData("--port", "65536", "--port takes a port from 0 to 65535.")]
    [InlineData("--host", "example", "--host takes an IP address, or localhost.")]
    [InlineData("--cut", "0", "--cut takes random, or a number of bytes, at least 1.")]
    [InlineData("--cut", "often", "--cut takes random, or a number of bytes, at least 1.")]
    [InlineData("--fail-at", "x", "--fail-at takes a number of bytes, at least 0.")]
    [InlineData("--status", "200", "--status takes a status from 400 to 599.")]
    public async Task ABadValue_IsBadUsage(string option, string value, string message)
    {
        ToolRun run = await ToolRun.OfAsync("replay", option, value, _folder.Add("chat.sse", Chat));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoFile_IsBadUsage()
    {
        Assert.Equal(ExitCode.Usage, (await ToolRun.OfAsync("replay")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await ToolRun.OfAsync("replay", "missing.sse")).ExitCode);
    }

    /// <summary>Payloads that were kept as lines are sent as the events of the provider.</summary>
    [Fact]
    public void LinesOfJson_BecomeEvents()
    {
        ReplayRecording recording = ReplayRecording.Read(
            "a.ndjson", "{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n{\"type\":\"message_stop\"}"u8.ToArray());
        Assert.Equal((ModelProtocol.Anthropic, FrameFormat.ServerSentEvents), (recording.Protocol, recording.Framing));
        Assert.Equal(
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            Encoding.UTF8.GetString(recording.Body));
        ReplayRecording chat = ReplayRecording.Read("b.ndjson", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n"u8.ToArray());
        Assert.EndsWith("\n\ndata: [DONE]\n\n", Encoding.UTF8.GetString(chat.Body), StringComparison.Ordinal);
    }

    /// <summary>How a recording is cut changes neither its bytes nor how long it takes.</summary>
    [Fact]
    public void Schedule()
    {
        ReplayRecording recording = ReplayRecording.Read("chat.sse", Encoding.UTF8.GetBytes(Chat));
        TimeSpan end = 2 * ReplayRecording.Interval;
        foreach (ReplayCut cut in new ReplayCut[] { default, new(1, null), new(7, null), new(100_000, null), new(0, 1), new(0, 2) })
        {
            (int End, TimeSpan At)[] chunks = [.. ReplaySchedule.Of(recording, cut)];
            Assert.Equal((Chat.Length, end), chunks[^1]);
            Assert.Equal(chunks.OrderBy(chunk => chunk.End).ThenBy(chunk => chunk.At), chunks);
            Assert.Equal(chunks.Length, chunks.DistinctBy(chunk => chunk.End).Count());
        }

        Assert.Equal(2, ReplaySchedule.Of(recording, default).Count());
        Assert.Equal(Chat.Length, ReplaySchedule.Of(recording, new ReplayCut(1, null)).Count());
        Assert.Equal(ReplaySchedule.Of(recording, new ReplayCut(0, 1)), ReplaySchedule.Of(recording, new ReplayCut(0, 1)));
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(ToolProgram).Assembly.Location, .. args])
    {
        RedirectStandardOutput = true,
    })!;

    private static async Task<JsonElement> ReadRecordAsync(Process process)
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(hang.Token))!).RootElement;
    }
}
