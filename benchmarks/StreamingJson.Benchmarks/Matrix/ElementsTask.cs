using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Text.Json;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The elements of a root that is an array, each as soon as it is whole.</summary>
internal static class ElementsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => input.Utf8[0] == '[' ? [new Library(input), new BySerializer(input), new AtTheEnd(input)] : [];

    private static void Tell(Answer answer, JsonElement element) => answer.Add(answer.IsRecording ? JsonSerializer.Serialize(element) : string.Empty);

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson", input)
    {
        private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                _parser.Append(chunk);
                foreach (JsonEvent change in _parser.Events)
                {
                    if (change.Kind == JsonEventKind.Completed && change.Depth == 1)
                    {
                        Tell(answer, change.Element.ToJsonElement());
                    }
                }
            }
        }
    }

    private sealed class BySerializer(MatrixInput input) : MatrixCase("DeserializeAsyncEnumerable over a PipeReader", input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            using var body = new ReadSizeStream(Input.Utf8, Input.Size);
            PipeReader reader = PipeReader.Create(body);
            IAsyncEnumerator<JsonElement> elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(reader, JsonSerializerOptions.Default).GetAsyncEnumerator();

            // The body never waits, so neither does the enumeration.
            while (elements.MoveNextAsync().AsTask().GetAwaiter().GetResult())
            {
                Tell(answer, elements.Current);
            }

            elements.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed class AtTheEnd(MatrixInput input) : MatrixCase("JsonDocument at the end", input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            using JsonDocument document = JsonDocument.Parse(_collected.Collect(Input.Utf8, Input.Size));
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                Tell(answer, element);
            }
        }
    }
}
