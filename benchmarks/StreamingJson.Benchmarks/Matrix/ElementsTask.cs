using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The elements of a root that is an array, each as soon as it is whole.</summary>
internal static class ElementsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
        input.Utf8[0] == '[' ? [new ByLibrary(input), new ByPattern(input), new BySerializer(input), new AtTheEnd(input), new ByNewtonsoft(input)] : [];

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

    /// <summary>The depth is counted on the way: an event would look it up among the siblings.</summary>
    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        private int _depth;

        public override void Read(Answer answer, Deadline deadline)
        {
            _depth = 0;
            base.Read(answer, deadline);
        }

        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            foreach (JsonEvent change in Parser.Events)
            {
                if (change.Kind is not (JsonEventKind.Started or JsonEventKind.Completed))
                {
                    continue;
                }

                PartialJsonElement element = change.Element;
                bool isContainer = element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                if (change.Kind == JsonEventKind.Started)
                {
                    _depth += isContainer ? 1 : 0;
                    continue;
                }

                _depth -= isContainer ? 1 : 0;
                if (_depth == 1)
                {
                    Tell(answer, element.ToJsonElement());
                }
            }

            return false;
        }
    }

    /// <summary>A struct that is told of every completion on the path <c>$[*]</c>.</summary>
    private sealed class ByPattern(MatrixInput input) : ParserCase(Matrix.Peer.Binding, input)
    {
        private readonly PathWatcher<Teller> _watcher = new(default, [PathPattern.Parse("$[*]")], PathEvents.Completed);

        public override void Read(Answer answer, Deadline deadline)
        {
            Parser.Reset();
            _watcher.Attach(Parser);
            _watcher.Handler.Answer = answer;
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                deadline.Spend(chunk.Length);
                Parser.Append(chunk);
            }
        }

        protected override bool Look(Answer answer, Deadline deadline, int received) => false;

        private struct Teller : IPathHandler
        {
            public Answer Answer;

            public readonly void OnStarted(int pattern, PartialJsonElement value)
            {
            }

            public readonly void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text)
            {
            }

            public readonly void OnCompleted(int pattern, PartialJsonElement value) => Tell(Answer, value.ToJsonElement());
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
                deadline.Spend(Deadline.BytesOfItem);
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
