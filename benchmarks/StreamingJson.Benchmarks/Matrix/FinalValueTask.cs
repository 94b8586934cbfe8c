using System.Collections.Generic;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The value when the text has ended; nobody looks before.</summary>
internal static class FinalValueTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => [new ByLibrary(input), new ByDocument(input), new ByNewtonsoft(input)];

    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        protected override bool Look(Answer answer, Deadline deadline, int received) => false;

        protected override void Finish(Answer answer)
        {
            Parser.EnsureComplete();
            answer.Add((long)Parser.Snapshot.RootElement.ValueKind);
            if (answer.IsRecording)
            {
                answer.AddValue(Parser.Snapshot.ToJsonElement());
            }
        }
    }

    private sealed class ByDocument(MatrixInput input) : MatrixCase(Matrix.Peer.DocumentAtTheEnd, input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            using JsonDocument document = JsonDocument.Parse(_collected.Collect(Input.Utf8, Input.Size));
            answer.Add((long)document.RootElement.ValueKind);
            if (answer.IsRecording)
            {
                answer.AddValue(document.RootElement);
            }
        }
    }

    private sealed class ByNewtonsoft(MatrixInput input) : MatrixCase(Matrix.Peer.Newtonsoft, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            using ReadSizeStream body = NewtonsoftReads.Body(Input);
            using Newtonsoft.Json.JsonTextReader reader = NewtonsoftReads.Open(body);
            JToken root = JToken.ReadFrom(reader);
            answer.Add((long)(root.Type == JTokenType.Array ? JsonValueKind.Array : JsonValueKind.Object));
            if (answer.IsRecording)
            {
                answer.AddValue(NewtonsoftReads.ToElement(root));
            }
        }
    }
}
