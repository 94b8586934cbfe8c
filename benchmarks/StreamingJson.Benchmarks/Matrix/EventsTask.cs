using System;
using System.Collections.Generic;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Every value, in document order, when it is whole: strings, numbers and literals; containers when they close.</summary>
internal static class EventsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => [new Library(input), new HandlerOnly(input), new OnePass(input), new Refed(input)];

    private static void Tell(Answer answer, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when answer.IsRecording:
                answer.Add(reader.GetString()!);
                break;
            case JsonTokenType.Number or JsonTokenType.String:
                answer.Add(reader.ValueSpan);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                answer.Add((long)'}');
                break;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                answer.Add((long)reader.TokenType);
                break;
        }
    }

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson, events", input)
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
                    if (change.Kind == JsonEventKind.Completed)
                    {
                        Tell(answer, change.Element);
                    }
                }
            }
        }

        private static void Tell(Answer answer, PartialJsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    answer.Add(value.TextUtf8);
                    break;
                case JsonValueKind.Number:
                    answer.Add(value.RawUtf8);
                    break;
                case JsonValueKind.Object or JsonValueKind.Array:
                    answer.Add((long)'}');
                    break;
                default:
                    answer.Add((long)(value.ValueKind switch { JsonValueKind.True => JsonTokenType.True, JsonValueKind.False => JsonTokenType.False, _ => JsonTokenType.Null }));
                    break;
            }
        }
    }

    private sealed class HandlerOnly(MatrixInput input) : MatrixCase("StreamingJson, handler", input)
    {
        private readonly JsonEventParser<Teller> _parser = new(default, StreamingJsonOptions.Trusted);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            _parser.Handler = new Teller { Answer = answer, Text = _parser.Handler.Text ?? [] };
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                _parser.Append(chunk);
            }

            _parser.Complete();
        }

        private struct Teller : IJsonEventHandler
        {
            public Answer Answer;
            public List<byte> Text;

            public readonly void OnStartObject(in JsonEventContext context)
            {
            }

            public readonly void OnEndObject(in JsonEventContext context) => Answer.Add((long)'}');

            public readonly void OnStartArray(in JsonEventContext context)
            {
            }

            public readonly void OnEndArray(in JsonEventContext context) => Answer.Add((long)'}');

            public readonly void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
            {
            }

            public readonly void OnStartString(in JsonEventContext context) => Text.Clear();

            public readonly void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Text.AddRange(utf8Text);

            public readonly void OnEndString(in JsonEventContext context) =>
                Answer.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Text));

            public readonly void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Answer.Add(utf8Number);

            public readonly void OnBoolean(bool value, in JsonEventContext context) => Answer.Add((long)(value ? JsonTokenType.True : JsonTokenType.False));

            public readonly void OnNull(in JsonEventContext context) => Answer.Add((long)JsonTokenType.Null);

            public readonly void OnDocumentCompleted()
            {
            }
        }
    }

    /// <summary>Has the whole document at once: the unit of the ratios, with the telling.</summary>
    private sealed class OnePass(MatrixInput input) : MatrixCase("Utf8JsonReader, whole at once", input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            var reader = new Utf8JsonReader(Input.Utf8);
            while (reader.Read())
            {
                Tell(answer, ref reader);
            }
        }
    }

    private sealed class Refed(MatrixInput input) : MatrixCase("Utf8JsonReader, re-fed", input)
    {
        public override bool IsQuadratic => true;

        public override void Read(Answer answer, Deadline deadline)
        {
            int consumed = 0;
            JsonReaderState state = default;
            for (int received = 0; received < Input.Utf8.Length;)
            {
                deadline.ThrowIfOver();
                received = Math.Min(received + Input.Size.For(Input.Utf8.Length), Input.Utf8.Length);
                var reader = new Utf8JsonReader(Input.Utf8.AsSpan(consumed, received - consumed), received == Input.Utf8.Length, state);
                while (reader.Read())
                {
                    Tell(answer, ref reader);
                }

                consumed += (int)reader.BytesConsumed;
                state = reader.CurrentState;
            }
        }
    }
}
