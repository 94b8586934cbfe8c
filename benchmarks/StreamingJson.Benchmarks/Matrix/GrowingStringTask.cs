using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using StreamingJson.Events;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>What came to one string with every delta: the answer is its length after each, the cost that of getting what is new.</summary>
internal static class GrowingStringTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
        input.Field.IsInFirstElement ? [] : [new ByLibrary(input), new ByHandler(input), new ByClosedDocument(input), new ByClosedSerializer(input)];

    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        private long _length;

        public override void Read(Answer answer, Deadline deadline)
        {
            _length = 0;
            base.Read(answer, deadline);
        }

        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            if (TryFindField(out PartialJsonElement field))
            {
                _length += field.TextUtf8.Slice((int)_length).Length;
            }

            answer.Add(_length);
            return false;
        }
    }

    private sealed class ByHandler(MatrixInput input) : MatrixCase(Matrix.Peer.Handler, input)
    {
        private readonly JsonEventParser<Follower> _parser = new(default, StreamingJsonOptions.Trusted, input.Pool is { } pool ? new EventPools { Bytes = pool } : EventPools.Shared);

        public override JsonMeters? Meters => _parser.Meters;

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            _parser.Handler = new Follower { Name = Input.Field.Utf8Name };
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                deadline.Spend(chunk.Length);
                _parser.Append(chunk);
                answer.Add(_parser.Handler.Length);
            }
        }

        protected override void Release() => _parser.Dispose();

        private struct Follower : IJsonEventHandler
        {
            public byte[] Name;
            public long Length;
            private bool _isField;
            private int _depth;

            public void OnStartObject(in JsonEventContext context) => _depth++;

            public void OnEndObject(in JsonEventContext context) => _depth--;

            public void OnStartArray(in JsonEventContext context) => _depth++;

            public void OnEndArray(in JsonEventContext context) => _depth--;

            public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => _isField = _depth == 1 && utf8Name.SequenceEqual(Name);

            public readonly void OnStartString(in JsonEventContext context)
            {
            }

            public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Length += _isField ? utf8Text.Length : 0;

            public void OnEndString(in JsonEventContext context) => _isField = false;

            public readonly void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context)
            {
            }

            public readonly void OnBoolean(bool value, in JsonEventContext context)
            {
            }

            public readonly void OnNull(in JsonEventContext context)
            {
            }

            public readonly void OnDocumentCompleted()
            {
            }
        }
    }

    private abstract class Closing(string peer, MatrixInput input) : ClosingCase(peer, input)
    {
        protected sealed override bool Look(ReadOnlyMemory<byte> text, Answer answer, int received)
        {
            answer.Add(text.IsEmpty ? 0 : Encoding.UTF8.GetByteCount(Find(text) ?? string.Empty));
            return false;
        }

        protected abstract string? Find(ReadOnlyMemory<byte> text);

        protected string? Find(JsonElement root) => root.TryGetProperty(Input.Field.Utf8Name, out JsonElement field) ? field.GetString() : null;
    }

    private sealed class ByClosedDocument(MatrixInput input) : Closing(Matrix.Peer.ClosedDocument, input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
    }

    private sealed class ByClosedSerializer(MatrixInput input) : Closing(Matrix.Peer.ClosedSerializer, input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text) => Find(JsonSerializer.Deserialize<JsonElement>(text.Span));
    }
}
