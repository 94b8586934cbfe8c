using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Text, arguments and names of a stream stand in its items and nowhere else: not in anomalies, exceptions, or what an object prints of itself.</summary>
public sealed class CanaryTests
{
    [Fact]
    public void NoAnomaly_OfAnyFixture_QuotesTextOrArguments()
    {
        int anomalies = 0;
        foreach (string name in Fixture.Names)
        {
            ModelRun run = Fixture.Load(name).Run(isAuto: true);
            string[] texts = [.. run.Message.Items.Select(item => item.GetText()).Where(text => text.Length > 8), .. run.Calls.SelectMany(StringsOf)];
            foreach (Anomaly anomaly in run.Message.Anomalies)
            {
                anomalies++;
                Assert.True(anomaly.Detail is null or { Length: < 200 }, $"{name}: {anomaly.Detail}");
                Assert.All(texts, text => Assert.DoesNotContain(text, anomaly.ToString(), StringComparison.Ordinal));
            }

            run.Reader.Dispose();
        }

        Assert.InRange(anomalies, 50, int.MaxValue);
    }

    [Fact]
    public void NoPublicType_PrintsWhatItHolds()
    {
        IEnumerable<Type> printing = typeof(ModelStreamReader).Assembly.GetExportedTypes().Concat(typeof(FrameReader).Assembly.GetExportedTypes())
            .Where(type => !type.IsEnum)
            .Where(type => type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly, Type.EmptyTypes) is not null);

        // Records: the caller's own options and limits, counts of tokens, times and places (a pointer, as in an exception), the provider's errors, and
        // anomalies, whose details are looked at above.
        Assert.Equal(
            [
                nameof(Anomaly), nameof(DelayStatistics), nameof(ModelError), nameof(ModelStreamOptions), nameof(ModelUsage), nameof(PathReport),
                nameof(ProtocolRecognition), nameof(StreamTelemetryOptions), nameof(ToolCallLimits),
            ],
            printing.Select(type => type.Name).Order());
    }

    private static IEnumerable<string> StringsOf(ToolCall call)
    {
        if (!call.Snapshot.HasValue)
        {
            return [];
        }

        return call.Snapshot.RootElement.ValueKind == JsonValueKind.Object ? Strings(call.Snapshot.RootElement) : [];
    }

    private static List<string> Strings(PartialJsonElement element)
    {
        List<string> strings = [];
        foreach (PartialJsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.TextUtf8.Length > 8)
            {
                strings.Add(property.Value.GetString()!);
            }
        }

        return strings;
    }
}
