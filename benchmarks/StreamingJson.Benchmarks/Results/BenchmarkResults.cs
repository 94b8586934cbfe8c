using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StreamingJson.Benchmarks.Results;

/// <summary>All that a run measured: what the tables, the plots and the README are made of.</summary>
internal sealed record BenchmarkResults(
    ResultsHead Head,
    IReadOnlyList<DocumentInfo> Documents,
    IReadOnlyList<Cell> Matrix,
    IReadOnlyList<ScalingLine> Scaling,
    IReadOnlyList<Cell> OtherRuntimes,
    IReadOnlyList<string> LeftOut)
{
    /// <summary>One line a cell, so that two runs can be compared by their lines.</summary>
    public string ToJson()
    {
        var text = new StringBuilder("{\n\"head\":").Append(JsonSerializer.Serialize(Head, ResultsContext.Default.ResultsHead));
        Add("documents", Documents.Select(d => JsonSerializer.Serialize(d, ResultsContext.Default.DocumentInfo)));
        Add("matrix", Matrix.Select(c => JsonSerializer.Serialize(c, ResultsContext.Default.Cell)));
        Add("scaling", Scaling.Select(l => JsonSerializer.Serialize(l, ResultsContext.Default.ScalingLine)));
        Add("otherRuntimes", OtherRuntimes.Select(c => JsonSerializer.Serialize(c, ResultsContext.Default.Cell)));
        Add("leftOut", LeftOut.Select(l => JsonSerializer.Serialize(l, ResultsContext.Default.String)));
        return text.Append("\n}\n").ToString();

        void Add(string name, IEnumerable<string> lines) => text.Append(",\n\"").Append(name).Append("\":[\n").AppendJoin(",\n", lines).Append("\n]");
    }

    public static BenchmarkResults Parse(string json) => JsonSerializer.Deserialize(json, ResultsContext.Default.BenchmarkResults)!;
}

/// <summary>A document as it was measured; figures are comparable only where the fingerprint is the same.</summary>
internal sealed record DocumentInfo(string Name, string Description, int Bytes, string Fingerprint)
{
    public static DocumentInfo Of(BenchmarkDocument document) => new(document.Name, document.Description, document.Utf8.Length, document.Fingerprint);
}

/// <summary>What it was measured on and by.</summary>
/// <remarks><c>LoadBefore</c>, <c>LoadAfter</c>: runnable threads of the whole machine, a mean of a minute; negative where the system does not tell.</remarks>
internal sealed record ResultsHead(
    string Cpu, int Cores, string Runtime, string Clock, string Command, string Date, IReadOnlyList<string> Versions, double LoadBefore, double LoadAfter)
{
    /// <summary>Whether others had a share of the machine: the run itself keeps one core busy.</summary>
    [JsonIgnore]
    public bool IsBusy => Math.Max(LoadBefore, LoadAfter) > 1.5;

    public static ResultsHead Begin() => new(
        Machine.Processor,
        Environment.ProcessorCount,
        Machine.Runtime,
        Machine.Clock,
        "dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- " + CommandLine(Environment.GetCommandLineArgs().AsSpan(1)),
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [
            Version("StreamingJson", typeof(StreamingJsonParser)),
            Version("System.Text.Json", typeof(JsonDocument)),
            Version("Newtonsoft.Json", typeof(Newtonsoft.Json.JsonConvert)),
            Version("OpenAI", typeof(OpenAI.OpenAIClientOptions)),
            Version("Anthropic", typeof(Anthropic.AnthropicClient)),
        ],
        Machine.Load,
        -1);

    public ResultsHead End() => this with { LoadAfter = Machine.Load };

    // Where the output goes is a path of this machine, and no part of what was measured.
    internal static string CommandLine(ReadOnlySpan<string> args)
    {
        var kept = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--out" or "--json")
            {
                i++;
                continue;
            }

            kept.Add(args[i].Contains('*', StringComparison.Ordinal) ? $"'{args[i]}'" : args[i]);
        }

        return string.Join(' ', kept);
    }

    private static string Version(string name, Type type)
    {
        string? version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? type.Assembly.GetName().Version?.ToString(3);
        return $"{name} {version?.Split('+')[0]}";
    }
}

/// <summary>One peer's cost of a task as the document grows.</summary>
/// <remarks><c>Exponent</c>: k where the time grows as the length to the power of k, fitted over the points that were measured; null if they are fewer than two.</remarks>
internal sealed record ScalingLine(string Task, string Shape, string Peer, IReadOnlyList<ScalingPoint> Points, double? Exponent);

/// <summary>The time of the whole document over the number of its 4-byte deltas.</summary>
internal sealed record ScalingPoint(int Bytes, double NanosecondsPerDelta, CellState State);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchmarkResults))]
internal sealed partial class ResultsContext : JsonSerializerContext;
