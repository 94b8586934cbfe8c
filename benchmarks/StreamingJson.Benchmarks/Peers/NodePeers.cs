using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>What a peer outside of this process needed for one document, or why there is no figure.</summary>
internal sealed record OutsidePeer(string Name, string Version, double Nanoseconds, bool IsBrokenOff, string? Reason);

/// <summary>The packages of npm, driven by <c>benchmarks/peers/node/driver.mjs</c>: a value after every chunk.</summary>
internal static class NodePeers
{
    /// <summary>Why they cannot run here, or null. Packages that are not there yet are installed once.</summary>
    public static string? Prepare(string folder, out string version)
    {
        version = string.Empty;
        try
        {
            version = Run(folder, "node", out int code, "--version").Trim();
            if (code == 0 && !Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                Run(folder, "npm", out code, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent");
            }

            return code == 0 ? null : "npm could not install the packages";
        }
        catch (Win32Exception)
        {
            return "there is no node, or no npm";
        }
    }

    public static IEnumerable<OutsidePeer> Measure(string folder, string documentPath, ChunkSize size, TimeSpan budget)
    {
        string lines = Run(folder, "node", out _, "driver.mjs", documentPath, size.Bytes.ToString(CultureInfo.InvariantCulture), ((int)budget.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonElement peer = JsonElement.Parse(line);
            string name = peer.GetProperty("peer").GetString()!;
            string? reason = peer.TryGetProperty("missing", out JsonElement missing) ? "left out: " + missing.GetString() : peer.TryGetProperty("wrong", out _) ? "wrong" : null;
            yield return new OutsidePeer(
                name,
                peer.TryGetProperty("version", out JsonElement version) ? version.GetString()! : string.Empty,
                reason is null ? peer.GetProperty("ns").GetDouble() : 0,
                reason is null && peer.GetProperty("brokenOff").GetBoolean(),
                reason);
        }
    }

    private static string Run(string folder, string program, out int code, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        code = process.ExitCode;
        return output;
    }
}
