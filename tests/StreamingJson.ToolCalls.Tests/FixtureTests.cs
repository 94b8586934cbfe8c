using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Every stream under <c>Fixtures</c> gives the result beside it, with the protocol given and recognised, however it is cut.</summary>
/// <remarks>
/// <para>
/// The expected result is the final line without <c>file</c>. The <c>detail</c> of anomalies is free text and not compared. A property
/// <c>"only_given"</c>, with the reason as its text, keeps a fixture from being recognised (<c>auto</c>).
/// </para>
/// <para>On a difference the line that came is written beside the copy of the fixture in the output folder, as <c>*.received.json</c>.</para>
/// </remarks>
public sealed class FixtureTests
{
    private static readonly int[] ChunkSizes = PropertySettings.IsQuick ? [3] : [1, 2, 3, 7, 64];

    public static TheoryData<string> Fixtures => Fixture.All;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void GivesTheExpectedResult_AtEveryChunkSize(string name)
    {
        Fixture fixture = Fixture.Load(name);
        using ModelStreamReader given = AssertChunkingNeverShows(fixture, isAuto: false, out string line);
        JsonNode expected = ReadExpected(fixture, line);
        bool isRecognised = expected["only_given"] is null;
        ((JsonObject)expected).Remove("only_given");
        AssertSame(fixture, expected, line);
        if (isRecognised)
        {
            using ModelStreamReader auto = AssertChunkingNeverShows(fixture, isAuto: true, out line);
            AssertSame(fixture, expected, line);
            Assert.Equal(fixture.Framing, auto.Recognition.Framing);
        }
    }

    private static ModelStreamReader AssertChunkingNeverShows(Fixture fixture, bool isAuto, out string line)
    {
        ModelRun whole = fixture.Run(isAuto);
        line = whole.FinalLine();
        foreach (int size in ChunkSizes)
        {
            ModelRun run = fixture.Run(isAuto, size);
            Assert.True(line == run.FinalLine(), $"chunks of {size}:\n{run.FinalLine()}\nwhole:\n{line}");
            Assert.Equal(whole.Events, run.Events);
            run.Reader.Dispose();
        }

        // The same reader again, as good as new.
        whole.Reader.Reset();
        ModelRun again = ModelRun.Of(whole.Reader, fixture.Content, 5);
        Assert.Equal(line, again.FinalLine());
        Assert.Equal(whole.Events, again.Events);
        return whole.Reader;
    }

    private static JsonNode ReadExpected(Fixture fixture, string line)
    {
        if (!File.Exists(fixture.ExpectedPath))
        {
            Assert.Fail($"There is no {fixture.Name}.expected.json. {Receive(fixture, line)}");
        }

        return JsonNode.Parse(File.ReadAllBytes(fixture.ExpectedPath))!;
    }

    private static void AssertSame(Fixture fixture, JsonNode expected, string line)
    {
        JsonNode actual = JsonNode.Parse(line)!;
        if (!JsonNode.DeepEquals(WithoutDetails(expected), WithoutDetails(actual)))
        {
            Assert.Fail($"Another result than {fixture.Name}.expected.json.\nExpected: {expected.ToJsonString()}\nActual:   {line}\n{Receive(fixture, line)}");
        }
    }

    private static JsonNode WithoutDetails(JsonNode result)
    {
        foreach (JsonNode? anomaly in result["anomalies"]?.AsArray() ?? [])
        {
            ((JsonObject)anomaly!).Remove("detail");
        }

        return result;
    }

    private static string Receive(Fixture fixture, string line)
    {
        string path = fixture.ExpectedPath.Replace(".expected.", ".received.", StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(line);
        File.WriteAllText(path, JsonSerializer.Serialize(document.RootElement, ReceivedFormat) + "\n");
        return $"Received: {path}";
    }

    private static readonly JsonSerializerOptions ReceivedFormat = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
