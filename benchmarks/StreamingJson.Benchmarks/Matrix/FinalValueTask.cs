using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The value when the text has ended; nobody looks before.</summary>
internal static class FinalValueTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => [new Library(input), new ByDocument(input), new ByNewtonsoft(input)];

    private static string Canonical(JsonElement value) => JsonSerializer.Serialize(value);

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson", input)
    {
        private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                _parser.Append(chunk);
            }

            _parser.EnsureComplete();
            answer.Add((long)_parser.Snapshot.RootElement.ValueKind);
            if (answer.IsRecording)
            {
                answer.Add(Canonical(_parser.Snapshot.ToJsonElement()));
            }
        }
    }

    private sealed class ByDocument(MatrixInput input) : MatrixCase("JsonDocument at the end", input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            using JsonDocument document = JsonDocument.Parse(_collected.Collect(Input.Utf8, Input.Size));
            answer.Add((long)document.RootElement.ValueKind);
            if (answer.IsRecording)
            {
                answer.Add(Canonical(document.RootElement));
            }
        }
    }

    private sealed class ByNewtonsoft(MatrixInput input) : MatrixCase("Newtonsoft.Json, JToken at the end", input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            ReadOnlyMemory<byte> text = _collected.Collect(Input.Utf8, Input.Size);
            using var reader = new Newtonsoft.Json.JsonTextReader(new StreamReader(new MemoryStream(text.ToArray())))
            {
                DateParseHandling = Newtonsoft.Json.DateParseHandling.None,
                FloatParseHandling = Newtonsoft.Json.FloatParseHandling.Decimal,
            };
            JToken root = JToken.ReadFrom(reader);
            answer.Add((long)(root.Type == JTokenType.Array ? JsonValueKind.Array : JsonValueKind.Object));
            if (answer.IsRecording)
            {
                // Its numbers are written in another notation; the same value is the same answer.
                JsonElement expected = JsonElement.Parse(Input.Utf8);
                JsonElement found = JsonElement.Parse(root.ToString(Newtonsoft.Json.Formatting.None));
                answer.Add(JsonElement.DeepEquals(expected, found) ? Canonical(expected) : "another value");
            }
        }
    }
}
