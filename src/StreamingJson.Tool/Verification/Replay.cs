using System;
using System.Collections.Generic;

namespace StreamingJson.Tool.Verification;

/// <summary>What was seen of a text that arrived in one way.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="Error">Code, offset and pointer of the error, as text; empty when there is none.</param>
/// <param name="ByteCount">How many bytes the value was read from.</param>
/// <param name="Leniencies">What was read although it is not plain.</param>
/// <param name="Closed">The value, closed.</param>
/// <param name="Mirror">The document by its events.</param>
internal sealed record ReplayResult(
    JsonOutcome Outcome, string Error, int ByteCount, JsonLeniencies Leniencies, string Closed, Mirror Mirror);

/// <summary>Gives a text to a parser in one way, and checks the laws of a single run on the way.</summary>
internal sealed class Replay
{
    // Comparing a snapshot with the mirror costs the length of the text so far; this many bytes of it are spent on one run.
    private const int SnapshotBudget = 2 * 1024 * 1024;
    private const int FewestSnapshots = 8;
    private const int KeptSnapshots = 4;
    private const int PlacesChecked = 200;
    private const int MostOfToken = 64;

    private readonly byte[] _content;
    private readonly StreamingJsonParser _parser;
    private readonly Mirror _mirror = new();
    private readonly List<(JsonSnapshot Snapshot, string Closed)> _kept = [];
    private readonly int _bytesBetweenSnapshots;
    private int _nextSnapshotAt;

    public Replay(byte[] content, StreamingJsonParser parser)
    {
        _content = content;
        _parser = parser;
        long affordable = Math.Max(FewestSnapshots, SnapshotBudget / Math.Max(1, content.Length));
        _bytesBetweenSnapshots = (int)(content.Length / affordable);
    }

    public long Chunks { get; private set; }

    public long Snapshots { get; private set; }

    /// <summary>Resets the parser and gives it the text.</summary>
    /// <exception cref="LawBrokenException">A law does not hold.</exception>
    public ReplayResult Run(Chunking chunking, Feeder feeder)
    {
        _parser.Reset();
        int start = 0;
        foreach (int end in chunking.Ends)
        {
            Chunks++;
            bool wasValid = _parser.Outcome == JsonOutcome.Partial;
            int before = _parser.Snapshot.ByteCount;
            feeder.Feed(_parser, chunking.EntryPoint, start, end);
            Observe(wasValid, before, chunking.EntryPoint == EntryPoint.Chars ? null : end);
            start = end;
        }

        bool isUndecided = _parser.Outcome == JsonOutcome.Partial;
        int length = _parser.Snapshot.ByteCount;
        _parser.Complete();

        if (isUndecided)
        {
            Observe(wasValid: true, length, received: null);
        }

        RequireSameAsMirror();
        RequireKeptSnapshots();
        JsonMeters meters = _parser.Meters;
        Laws.Require(
            9, meters.BytesExamined <= 3 * meters.BytesReceived,
            $"{meters.BytesExamined} bytes were examined of {meters.BytesReceived} received");
        return new ReplayResult(
            _parser.Outcome,
            Describe(_parser.Error),
            _parser.Snapshot.ByteCount,
            _parser.Leniencies,
            _parser.Snapshot.ToString(),
            _mirror);
    }

    private static string Describe(StreamingJsonException? error) => error is null
        ? string.Empty
        : $"{error.Code} at {error.ByteOffset} in '{error.Pointer}', line {error.Line}, column {error.Column}";

    private void Observe(bool wasValid, int before, int? received)
    {
        JsonSnapshot snapshot = _parser.Snapshot;
        Laws.Require(7, wasValid || snapshot.Outcome == JsonOutcome.Invalid, "an error did not stay");
        if (received is int count)
        {
            bool isCounted = snapshot.Outcome == JsonOutcome.Partial ? snapshot.ByteCount == count : snapshot.ByteCount <= count;
            Laws.Require(7, isCounted, $"{count} bytes were appended, and {snapshot.ByteCount} are there");
        }

        foreach (JsonEvent next in _parser.Events)
        {
            Laws.Require(7, wasValid, "an event follows an error");
            MirrorNode? node = _mirror.Apply(next, before, snapshot.ByteCount, snapshot.Outcome);
            if (node is not null && _mirror.Events <= PlacesChecked)
            {
                RequirePlace(node, next);
            }
        }

        _mirror.EndOperation(snapshot.Outcome);
        RequireInFlight(snapshot);
        if (snapshot.ByteCount >= _nextSnapshotAt)
        {
            _nextSnapshotAt = snapshot.ByteCount + _bytesBetweenSnapshots;
            RequireSameAsMirror();
            Keep(snapshot);
        }
    }

    private void RequireSameAsMirror()
    {
        Snapshots++;
        MirrorComparer.RequireSame(_mirror.Root, _parser.Snapshot);
    }

    // At the 1st, 4th, 16th and 64th look.
    private void Keep(in JsonSnapshot snapshot)
    {
        if (_kept.Count < KeptSnapshots && Snapshots >= 1L << (2 * _kept.Count))
        {
            string closed = snapshot.ToString();
            _kept.Add((snapshot, closed));
            if (snapshot.HasValue)
            {
                DocumentOracle.RequireClosed(closed);
            }
        }
    }

    private void RequireKeptSnapshots()
    {
        foreach ((JsonSnapshot snapshot, string closed) in _kept)
        {
            Laws.Require(8, snapshot.ToString() == closed, $"the snapshot that was taken at {snapshot.ByteCount} bytes changed");
        }
    }

    // The token that is cut is the end of the text, and nothing but it. Of a long one, its last bytes are compared.
    private void RequireInFlight(in JsonSnapshot snapshot)
    {
        InFlightToken token = snapshot.InFlight;
        if (token.Kind != InFlightKind.None)
        {
            int tail = Math.Min(token.RawUtf8.Length, MostOfToken);
            bool isEnd = token.ByteOffset + token.RawUtf8.Length == snapshot.ByteCount
                && token.RawUtf8[^tail..].SequenceEqual(_content.AsSpan(snapshot.ByteCount - tail, tail));
            Laws.Require(2, isEnd, $"the token in flight at offset {token.ByteOffset} is not the end of the text");
        }
    }

    private static void RequirePlace(MirrorNode node, in JsonEvent next)
    {
        int depth = 0;
        for (MirrorNode? outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            depth++;
        }

        string pointer = MirrorComparer.Pointer(node);
        Laws.Require(5, next.GetPointer() == pointer, $"the event is about '{next.GetPointer()}', not '{pointer}'");
        Laws.Require(5, next.Index == node.Index && next.Depth == depth, $"the event about '{pointer}' has another index or depth");
    }
}
