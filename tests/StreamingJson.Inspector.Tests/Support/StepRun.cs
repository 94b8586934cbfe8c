using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tool.Inspector.Steps;
using StreamingJson.Tool.Inspector.Streams;

namespace StreamingJson.Inspector.Tests;

/// <summary>Gives chunks to a writer of steps, one every millisecond, and hands out each record.</summary>
internal static class StepRun
{
    // Items, events, changes stand around a value of the largest depth; names and texts are no deeper.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    public static IEnumerable<JsonElement> Of(StepWriter steps, IEnumerable<ReadOnlyMemory<byte>> chunks, LogEnd end = LogEnd.Completed)
    {
        TimeSpan at = TimeSpan.Zero;
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            at += TimeSpan.FromMilliseconds(1);
            var timed = new TimedChunk(at, chunk);
            yield return Read(line => steps.Append(timed, line));
        }

        yield return Read(line => steps.Complete(end, at, reason: null, line));
    }

    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> content, int size) =>
        Enumerable.Range(0, (content.Length + size - 1) / size).Select(i => content.Slice(i * size, Math.Min(size, content.Length - (i * size))));

    /// <summary>As the last of repeated names alone, numbers as they were written: what two JSON texts are compared by.</summary>
    public static string Canonical(string json) => Canonical(JsonDocument.Parse(json, Options).RootElement);

    public static string Canonical(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject()
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .OrderBy(members => members.Key, StringComparer.Ordinal)
            .Select(members => $"{JsonSerializer.Serialize(members.Key)}:{Canonical(members.Last().Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        _ => element.GetRawText(),
    };

    private static JsonElement Read(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var line = new Utf8JsonWriter(output))
        {
            write(line);
        }

        return JsonDocument.Parse(output.WrittenMemory, Options).RootElement;
    }
}
