using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>What came to one string with every delta: the answer is all of it, the cost that of getting only what is new.</summary>
internal static class GrowingStringTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => input.Field.IsInFirstElement ? [] : [new Library(input), new Closing(input)];

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson, string deltas", input)
    {
        private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);
        private readonly byte[] _name = Encoding.UTF8.GetBytes(input.Field.Name);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            long length = 0;
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                _parser.Append(chunk);
                foreach (JsonEvent change in _parser.Events)
                {
                    if (change.Kind == JsonEventKind.StringDelta && change.Depth == 1 && change.PropertyNameUtf8.SequenceEqual(_name))
                    {
                        length += change.TextUtf8.Length;
                    }
                }

                answer.Add(length);
            }
        }
    }

    private sealed class Closing(MatrixInput input) : MatrixCase("close the brackets, JsonDocument", input)
    {
        private readonly BracketCloser _closer = new();

        public override bool IsQuadratic => true;

        public override void Read(Answer answer, Deadline deadline)
        {
            for (int received = 0; received < Input.Utf8.Length;)
            {
                deadline.ThrowIfOver();
                received = Math.Min(received + Input.Size.For(Input.Utf8.Length), Input.Utf8.Length);
                ReadOnlyMemory<byte> text = _closer.Close(Input.Utf8.AsSpan(0, received));
                long length = 0;
                if (!text.IsEmpty)
                {
                    using JsonDocument document = JsonDocument.Parse(text);
                    length = document.RootElement.TryGetProperty(Input.Field.Name, out JsonElement field) ? Encoding.UTF8.GetByteCount(field.GetString()!) : 0;
                }

                answer.Add(length);
            }
        }
    }
}
