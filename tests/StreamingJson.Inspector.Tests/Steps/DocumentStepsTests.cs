using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.TestKit;
using StreamingJson.Tool.Inspector.Steps;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>Applied in order, the steps of a JSON text give its snapshot after every chunk, and what of it is complete.</summary>
public class DocumentStepsTests
{
    [Fact]
    public void StepsGiveTheSnapshot_AtEveryStep() =>
        PropertyRunner.Check(Generators.Documents, Generators.Cuts, (text, cuts) => AssertStepsGiveTheSnapshot(text.Bytes, cuts, hasRepeatedNames: false));

    [Fact]
    public void StepsGiveTheSnapshot_AlsoOfRepeatedNames() =>
        PropertyRunner.Check(Generators.DocumentsWithDuplicateNames, Generators.Cuts, (text, cuts) => AssertStepsGiveTheSnapshot(text.Bytes, cuts, hasRepeatedNames: true));

    [Fact]
    public void StepsGiveTheSnapshot_AlsoOfDamagedTexts() =>
        PropertyRunner.Check(Generators.Mutations, Generators.Cuts, (text, cuts) => AssertStepsGiveTheSnapshot(text.Bytes, cuts, hasRepeatedNames: true));

    [Fact]
    public void ACutNumber_IsInFlight_AndNoValue()
    {
        using var steps = new DocumentSteps();
        JsonElement[] records = [.. StepRun.Of(steps, StepRun.Cut("""{"a":12"""u8.ToArray(), 7))];
        JsonElement delta = records[0].GetProperty("events")[1];
        Assert.Equal("""{"kind":"number","text":"12"}""", delta.GetProperty("in_flight").GetRawText());
        JsonElement ended = records[1].GetProperty("events")[0];
        Assert.Equal("document_ended", ended.GetProperty("event").GetString());
        Assert.Equal("truncated", ended.GetProperty("outcome").GetString());
        Assert.Equal("unexpected_end", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("truncated", records[1].GetProperty("outcome").GetString());
    }

    private static void AssertStepsGiveTheSnapshot(byte[] text, Chunking cuts, bool hasRepeatedNames)
    {
        using var steps = new DocumentSteps();
        var rebuilt = new Rebuilt();
        foreach (JsonElement record in StepRun.Of(steps, cuts.Split(text)))
        {
            rebuilt.Apply(record);
            JsonSnapshot snapshot = steps.Snapshot;
            Assert.Equal(snapshot.HasValue ? StepRun.Canonical(snapshot.ToString()) : null, rebuilt.Json(0) is { } json ? StepRun.Canonical(json) : null);
            if (!hasRepeatedNames && snapshot.HasValue)
            {
                List<string> complete = [];
                Collect(snapshot.RootElement, complete);
                Assert.Equal(complete.Order(System.StringComparer.Ordinal), rebuilt.Completed(0));
            }
        }
    }

    private static void Collect(PartialJsonElement element, List<string> complete)
    {
        if (element.IsComplete)
        {
            complete.Add(element.GetPointer());
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (PartialJsonProperty property in element.EnumerateObject())
            {
                Collect(property.Value, complete);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (PartialJsonElement item in element.EnumerateArray())
            {
                Collect(item, complete);
            }
        }
    }
}
