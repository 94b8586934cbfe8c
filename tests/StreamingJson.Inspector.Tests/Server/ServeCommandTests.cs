using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary><c>serve</c> as a process of its own.</summary>
public class ServeCommandTests
{
    [Fact]
    public async Task SaysWhereItListens_ShowsStandardInputAsItArrives_AndIsInterrupted()
    {
        using Process process = Start("serve", "--upstream", "http://127.0.0.1:1/base", "-");
        try
        {
            using JsonDocument line = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!);
            Assert.Equal("listening", line.RootElement.GetProperty("event").GetString());
            var url = new Uri(line.RootElement.GetProperty("url").GetString()!);
            Assert.Equal("127.0.0.1", url.Host);
            Assert.Equal(new Uri(url, "/proxy/").ToString(), line.RootElement.GetProperty("proxy").GetString());

            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
            await using System.IO.Stream watch = await client.GetStreamAsync(new Uri("/api/watch", UriKind.Relative));
            using var reader = new System.IO.StreamReader(watch);
            await process.StandardInput.WriteAsync("""{"a":[1,2""");
            await process.StandardInput.FlushAsync();
            string? list;
            do
            {
                list = await reader.ReadLineAsync();
            }
            while (!list!.Contains("\"source\":\"piped\",\"live\":true", StringComparison.Ordinal));

            process.StandardInput.Close();
            int id = JsonDocument.Parse(list["data: ".Length..]).RootElement.GetProperty("streams")[0].GetProperty("id").GetInt32();
            string steps = await client.GetStringAsync(new Uri($"/api/streams/{id}", UriKind.Relative));
            Assert.Contains("\"outcome\":\"truncated\"", steps, StringComparison.Ordinal);

            if (!OperatingSystem.IsWindows())
            {
                // Not SIGINT: who runs the tests may have it ignored, as nohup and a background job do, and a child inherits that. Both end the tool alike.
                Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
                await process.WaitForExitAsync();
                Assert.Equal(130, process.ExitCode);
                Assert.Empty(await process.StandardError.ReadToEndAsync());
            }
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task APortThatIsTaken_IsBadUsage()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using Process process = Start("serve", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(64, process.ExitCode);
        Assert.Contains("already in use", error, StringComparison.Ordinal);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(ToolProgram).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
