using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>
/// The tool, published for a machine without a runtime, everything that is not used cut away: it builds without a warning of the trimmer, and does
/// what it does. Takes minutes, so only with <c>STREAMINGJSON_LONG=1</c>.
/// </summary>
public class TrimmedTests
{
    [TrimmedFact]
    public async Task ATrimmedTool_IsPublishedWithoutWarnings_AndWorks()
    {
        using var folder = new TemporaryFolder();
        string output = Path.Combine(folder.FolderPath, "out");
        (int exitCode, string log) = await RunAsync(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            "",
            "publish", Path.Combine(Root(), "src", "StreamingJson.Tool"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:Trimmed=true",
            "--artifacts-path", Path.Combine(folder.FolderPath, "artifacts"), "-o", output);
        Assert.True(exitCode == 0, log);
        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);

        string tool = Path.Combine(output, "StreamingJson.Tool");
        Assert.Equal(
            (0, """{"file":"-","outcome":"complete","bytes":14,"offset":null,"code":null,"pointer":null}"""),
            await RunAsync(tool, """{"a":[1,"é"]}""", "check", "-"));
        Assert.Equal(2, (await RunAsync(tool, "[1,", "check", "-")).ExitCode);
        (exitCode, log) = await RunAsync(tool, """{"a":[1,"x\n"]}""", "snapshots", "--chunk", "3", "-");
        Assert.Equal(0, exitCode);
        Assert.Equal("""{"file":"-","bytes":15,"outcome":"complete","value":{"a":[1,"x\n"]}}""", log.Split('\n')[^1]);
        Assert.Contains("document_completed", (await RunAsync(tool, "[true]", "events", "-")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(tool, """{"a":[1,"x"]}""", "verify", "-")).ExitCode);
        Assert.Contains("completed  (root)", (await RunAsync(tool, "", "demo", "--speed", "0")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(tool, "", "demo", "--speed", "0", "--protocol", "anthropic")).ExitCode);
        const string Stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        Assert.Contains("\"text\":\"Hi\"", (await RunAsync(tool, Stream, "calls", "--final", "-")).Output, StringComparison.Ordinal);
        await AssertReplaysAsync(tool, folder.Add("chat.sse", Stream), Stream);
    }

    // What is cut away is missed where it is used: the server answers.
    private static async Task AssertReplaysAsync(string tool, string file, string stream)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, ["replay", "--speed", "0", file]) { RedirectStandardOutput = true })!;
        try
        {
            string listening = (await process.StandardOutput.ReadLineAsync())!;
            string address = JsonDocument.Parse(listening).RootElement.GetProperty("url").GetString()!;
            using var client = new HttpClient();
            Assert.Equal(stream, await client.GetStringAsync(new Uri($"{address}/v1/chat/completions")));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string input, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await error;
        return (process.ExitCode, (await output).TrimEnd());
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "StreamingJson.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TrimmedFactAttribute : FactAttribute
    {
        public TrimmedFactAttribute() => Skip =
            Environment.GetEnvironmentVariable("STREAMINGJSON_LONG") != "1" ? "takes minutes; set STREAMINGJSON_LONG=1"
            : !HasRuntimePack() ? $"the runtime pack for {RuntimeInformation.RuntimeIdentifier} is not among the restored packages"
            : null;

        private static bool HasRuntimePack()
        {
            string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            return new[] { "netcore", "aspnetcore" }.All(framework =>
            {
                string pack = Path.Combine(packages, $"microsoft.{framework}.app.runtime.{RuntimeInformation.RuntimeIdentifier}");
                return Directory.Exists(pack) && Directory.EnumerateDirectories(pack, "10.*").Any();
            });
        }
    }
}
