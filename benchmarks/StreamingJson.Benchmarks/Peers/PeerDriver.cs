using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>A peer of a driver with the tasks it does; <c>Missing</c>: why it does none.</summary>
internal sealed record DrivenPeer(string Name, IReadOnlyList<string> Tasks, string? Missing);

/// <summary>What a driver says of one cell. The digest is that of <see cref="Matrix.Answer"/>; null where no answer came in time.</summary>
internal sealed record DrivenCell(double Nanoseconds, ulong? Digest, bool IsBrokenOff, string? Error);

/// <summary>
/// A process of another runtime that reads documents when it is asked to, so that the yardstick can be measured just before and after each cell, and its
/// compiler is warm. A line goes in, a line of JSON comes out.
/// </summary>
internal sealed class PeerDriver : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    /// <exception cref="InvalidDataException">It does not speak.</exception>
    public PeerDriver(DriverStart start)
    {
        _process = Programs.Start(start.Folder, start.Program, redirectInput: true, [.. start.Arguments]);

        // What it writes there must not fill the pipe.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        JsonElement hello = ReadLine();
        Runtime = hello.GetProperty("runtime").GetString()!;
        var peers = new List<DrivenPeer>();
        foreach (JsonElement peer in hello.GetProperty("peers").EnumerateArray())
        {
            peers.Add(ReadPeer(peer));
        }

        Peers = peers;
    }

    /// <summary>The runtime with its version.</summary>
    public string Runtime { get; }

    public IReadOnlyList<DrivenPeer> Peers { get; }

    /// <summary>Reads the document in chunks, at first for its answer, then for about the time that is given.</summary>
    public DrivenCell Measure(string peer, string task, string path, ChunkSize size, TimeSpan budget, string field)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peer}\t{task}\t{path}\t{size.Bytes}\t{(int)budget.TotalMilliseconds}\t{field}"));
        _process.StandardInput.Flush();
        return ReadCell(ReadLine());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    internal static DrivenPeer ReadPeer(JsonElement peer) => peer.TryGetProperty("missing", out JsonElement missing)
        ? new DrivenPeer(peer.GetProperty("name").GetString()!, [], missing.GetString())
        : new DrivenPeer(peer.GetProperty("name").GetString()!, JsonSerializer.Deserialize<string[]>(peer.GetProperty("tasks"))!, null);

    internal static DrivenCell ReadCell(JsonElement cell) => cell.TryGetProperty("error", out JsonElement error)
        ? new DrivenCell(0, null, false, error.GetString())
        : new DrivenCell(
            cell.GetProperty("ns").GetDouble(),
            cell.TryGetProperty("digest", out JsonElement digest) ? ulong.Parse(digest.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null,
            cell.GetProperty("brokenOff").GetBoolean(),
            null);

    private JsonElement ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        string? text = line.Wait(LongestAnswer) ? line.Result : throw new InvalidDataException("it did not answer in time");
        return text is null ? throw new InvalidDataException("it ended") : JsonElement.Parse(text);
    }
}
