using System;
using System.Globalization;
using System.Text.Json.Serialization;

namespace StreamingJson.Benchmarks.Results;

[JsonConverter(typeof(JsonStringEnumConverter<CellState>))]
internal enum CellState
{
    Measured,

    /// <summary>It took longer than a cell may; the figures are what it had taken by then.</summary>
    BrokenOff,

    /// <summary>It answers otherwise than the others, and is not timed.</summary>
    Wrong,
}

/// <summary>What one peer needed for one task on one document in chunks of one size.</summary>
/// <remarks>
/// <c>Ratio</c>: time over that of one pass of Utf8JsonReader over the same bytes, measured just before and after. <c>Runtime</c>: where the peer ran, with its
/// version; empty for this process. <c>BytesNeeded</c>: how much of the document the answer needed, 0 where nobody asks. <c>AllocatedPerChunk</c>: bytes;
/// negative where it is not known.
/// </remarks>
internal sealed record Cell(
    string Task,
    string Document,
    string Chunk,
    string Peer,
    CellState State,
    double Ratio,
    double NanosecondsPerByte,
    double AllocatedPerChunk = -1,
    int BytesNeeded = 0,
    string Runtime = "")
{
    public static Cell Wrong(string task, string document, string chunk, string peer, string runtime = "") =>
        new(task, document, chunk, peer, CellState.Wrong, 0, 0, Runtime: runtime);

    /// <summary>The ratio as tables show it.</summary>
    [JsonIgnore]
    public string Text => State switch
    {
        CellState.Wrong => "wrong",
        CellState.BrokenOff => "> " + Figures.Short(Ratio),
        _ => Figures.Short(Ratio),
    };
}

/// <summary>Numbers in tables: about three digits.</summary>
internal static class Figures
{
    public static string Whole(double value) => Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture);

    public static string Short(double value) => value switch
    {
        < 0.1 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
