using System.Collections.Generic;
using System.IO.Pipelines;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The elements of a root that is an array, each as soon as it is whole.</summary>
internal static class ElementsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
        input.Utf8[0] == '[' ? [new ByLibrary(input), new BySerializer(input), new AtTheEnd(input), new ByNewtonsoft(input)] : [];

    private static void Tell(Answer answer, JsonElement element)
    {
        if (answer.IsRecording)
        {
            answer.AddValue(element);
        }
        else
        {
            answer.Add((long)element.ValueKind);
        }
    }

    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            foreach (JsonEvent change in Parser.Events)
            {
                if (change.Kind == JsonEventKind.Completed && change.Depth == 1)
                {
                    Tell(answer, change.Element.ToJsonElement());
                }
            }

            return false;
        }
    }

    private sealed class BySerializer(MatrixInput input) : MatrixCase(Matrix.Peer.AsyncEnumerable, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            using var body = new ReadSizeStream(Input.Utf8, Input.Size);
            PipeReader reader = PipeReader.Create(body);
            IAsyncEnumerator<JsonElement> elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(reader, JsonSerializerOptions.Default).GetAsyncEnumerator();
            while (Synchronously.Get(elements.MoveNextAsync()))
            {
                deadline.ThrowIfOver();
                Tell(answer, elements.Current);
            }

            Synchronously.Wait(elements.DisposeAsync());
        }
    }

    private sealed class AtTheEnd(MatrixInput input) : MatrixCase(Matrix.Peer.DocumentAtTheEnd, input)
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

    private sealed class ByNewtonsoft(MatrixInput input) : MatrixCase(Matrix.Peer.Newtonsoft, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            using ReadSizeStream body = NewtonsoftReads.Body(Input);
            using Newtonsoft.Json.JsonTextReader reader = NewtonsoftReads.Open(body);
            reader.Read();
            while (reader.Read() && reader.TokenType != Newtonsoft.Json.JsonToken.EndArray)
            {
                JToken element = JToken.ReadFrom(reader);
                if (answer.IsRecording)
                {
                    Tell(answer, NewtonsoftReads.ToElement(element));
                }
                else
                {
                    answer.Add((long)element.Type);
                }
            }
        }
    }
}
