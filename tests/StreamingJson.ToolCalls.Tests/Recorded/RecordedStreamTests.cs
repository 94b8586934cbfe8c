using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Recorded provider streams, if they are at hand: recognised, and the same calls, text, reasoning and finish reason as a naive reading gave.</summary>
public sealed class RecordedStreamTests(ITestOutputHelper output)
{
    // The families of the recordings, and what they are here. A family is compared only if its protocol is read.
    private static readonly Dictionary<string, ModelProtocol> Families = new()
    {
        ["chat"] = ModelProtocol.OpenAIChat,
        ["responses"] = ModelProtocol.OpenAIResponses,
        ["realtime"] = ModelProtocol.OpenAIRealtime,
        ["assistants"] = ModelProtocol.OpenAIAssistants,
        ["completions"] = ModelProtocol.OpenAICompletions,
        ["anthropic"] = ModelProtocol.Anthropic,
        ["gemini"] = ModelProtocol.Gemini,
        ["interactions"] = ModelProtocol.GeminiInteractions,
        ["gemini-live"] = ModelProtocol.GeminiLive,
        ["converse"] = ModelProtocol.BedrockConverse,
        ["invoke"] = ModelProtocol.BedrockInvoke,
        ["cohere2"] = ModelProtocol.CohereV2,
        ["cohere1"] = ModelProtocol.CohereV1,
        ["ollama"] = ModelProtocol.Ollama,
        ["ui"] = ModelProtocol.UIMessageStream,
        ["agui"] = ModelProtocol.AgUI,
    };

    // Where the naive reading is wrong, and the stream itself shows it.
    private static readonly Dictionary<string, string> Disputed = new()
    {
        ["bedrock-mantle/ruby_llm__providers_bedrock_mantle_responses_chat_streams_through_the_responses_surface.sse"] =
            "one text, numbered 1 in its delta and 0 in the finished item, is expected twice",
        ["bedrock-invoke/openllmetry-js__should-set-request-and-response-attributes-in-span-for-given-prompt-with-streaming-result_3091204960.0x4.eventstream"] =
            "a Cohere stream with text and a finish reason, of which nothing is expected",
    };

    /// <summary>Only those whose protocol is read: another one must not look as if it had passed.</summary>
    public static TheoryData<string> FamilyNames => new(Families.Where(family => IsRead(family.Value)).Select(family => family.Key));

    [RecordedTheory]
    [MemberData(nameof(FamilyNames))]
    public void EveryStreamOfTheFamily_Agrees(string family)
    {
        List<string> differences = [];
        int count = 0;
        foreach (Recording recording in Recordings().Where(recording => recording.Family == family && !Disputed.ContainsKey(recording.Name)))
        {
            count++;
            byte[] content = File.ReadAllBytes(recording.Path);
            ModelRun run = ModelRun.Of(ModelStreamOptions.Default, content);
            string line = run.FinalLine();
            JsonNode expected = JsonNode.Parse(File.ReadAllBytes(recording.Path + ".expected.json"))!;
            differences.AddRange(RecordedComparer.Compare(expected, JsonNode.Parse(line)!).Select(difference => $"{recording.Name}: {difference}"));
            run.Reader.Dispose();
            foreach (int size in new[] { 1, 7, 64, 4096 })
            {
                ModelRun cut = ModelRun.Of(ModelStreamOptions.Default, content, size);
                Assert.True(line == cut.FinalLine(), $"{recording.Name}, chunks of {size}");
                cut.Reader.Dispose();
            }
        }

        output.WriteLine($"{family}: {count} streams, {differences.Count} differences");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>What is not covered yet is named here.</summary>
    [RecordedFact]
    public void EveryFamily_IsReadOrListed()
    {
        string[] present = [.. Recordings().Select(recording => recording.Family).Distinct().Order()];
        Assert.Empty(present.Except(Families.Keys));
        string[] uncovered = [.. present.Where(family => !IsRead(Families[family]))];
        output.WriteLine("not covered yet: " + string.Join(", ", uncovered));
        Assert.DoesNotContain("chat", uncovered);
    }

    private static bool IsRead(ModelProtocol protocol)
    {
        try
        {
            using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol });
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static IEnumerable<Recording> Recordings()
    {
        string root = SharedSuite.Find("recorded")!;
        string[] lines = File.ReadAllLines(System.IO.Path.Combine(root, "INDEX.tsv"));
        int family = Array.IndexOf(lines[0].Split('\t'), "family");
        foreach (string[] row in lines.Skip(1).Select(line => line.Split('\t')))
        {
            string path = System.IO.Path.Combine(root, row[0]);
            if (row[family] is not ("textcall" or "esvector") && File.Exists(path + ".expected.json")
                && JsonNode.Parse(File.ReadAllBytes(path + ".expected.json"))!["items"] is JsonArray)
            {
                yield return new Recording(row[0], path, row[family]);
            }
        }
    }

    private sealed record Recording(string Name, string Path, string Family);
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedFactAttribute : FactAttribute
{
    public RecordedFactAttribute() => Skip = RecordedTheoryAttribute.Reason;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedTheoryAttribute : TheoryAttribute
{
    public static readonly string? Reason = SharedSuite.Find("recorded") is null ? "No folder shared/recorded beside the repository or above it." : null;

    public RecordedTheoryAttribute() => Skip = Reason;
}
