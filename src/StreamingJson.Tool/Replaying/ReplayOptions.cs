using System;
using System.Collections.Generic;
using System.Net;

namespace StreamingJson.Tool.Replaying;

/// <summary>What is replayed, and how.</summary>
/// <param name="Recordings">The recordings, at least one; the n-th, from 1, also answers <c>/replay/n</c>.</param>
internal sealed record ReplayOptions(IReadOnlyList<ReplayRecording> Recordings)
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>How many times as fast as <see cref="ReplayRecording.Interval"/> says; 0: without delays.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where the body is cut into the chunks that are sent.</summary>
    public ReplayCut Cut { get; init; }

    /// <summary>How many bytes of a body are sent before the connection breaks; <see langword="null"/>: all, and it does not.</summary>
    public long? FailAt { get; init; }

    /// <summary>The status, 400 to 599, that every request gets instead of a recording; <see langword="null"/>: 200.</summary>
    public int? Status { get; init; }

    /// <summary>Told of each request when its answer has ended, on any thread, one at a time.</summary>
    public Action<ReplayedRequest>? OnRequest { get; init; }
}

/// <summary>Where a body is cut.</summary>
/// <param name="Size">Every so many bytes; 0: as <paramref name="Seed"/> says.</param>
/// <param name="Seed">At random places, the same for the same seed; <see langword="null"/>: behind each frame.</param>
internal readonly record struct ReplayCut(int Size, int? Seed);

/// <summary>How answering a request ended.</summary>
internal enum ReplayOutcome
{
    /// <summary>All was sent that was to be.</summary>
    Sent,

    /// <summary>The connection was broken on purpose.</summary>
    Failed,

    /// <summary>The client went away before the end.</summary>
    Aborted,
}

/// <summary>A request, and what came of it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Status">The status that was sent.</param>
/// <param name="File">The file that was replayed; <see langword="null"/> for none.</param>
/// <param name="Bytes">How many bytes of its body were sent.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record ReplayedRequest(string Method, string Path, int Status, string? File, long Bytes, ReplayOutcome Outcome);
