using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Events;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Every value, in document order, when it is whole: strings, numbers and literals; containers when they close.</summary>
internal static class EventsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
        [new ByEvents(input), new ByHandler(input), new ByOnePass(input), new ByRefedReader(input), new ByNewtonsoft(input)];

    private static void Tell(Answer answer, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when answer.IsRecording:
                answer.Add(reader.GetString()!);
                break;
            case JsonTokenType.String:
                answer.Add(reader.ValueSpan);
                break;
            case JsonTokenType.Number:
                answer.AddNumber(reader.ValueSpan);
                break;
            case JsonTokenType.EndObject:
                answer.Add(Answer.EndOfObject);
                break;
            case JsonTokenType.EndArray:
                answer.Add(Answer.EndOfArray);
                break;
            case JsonTokenType.True:
                answer.AddLiteral(JsonValueKind.True);
                break;
            case JsonTokenType.False:
                answer.AddLiteral(JsonValueKind.False);
                break;
            case JsonTokenType.Null:
                answer.AddLiteral(JsonValueKind.Null);
                break;
        }
    }

    private sealed class ByEvents(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            foreach (JsonEvent change in Parser.Events)
            {
                if (change.Kind == JsonEventKind.Completed)
                {
                    TellValue(answer, change.Element);
                }
            }

            return false;
        }

        private static void TellValue(Answer answer, PartialJsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    answer.Add(value.TextUtf8);
                    break;
                case JsonValueKind.Number:
                    answer.AddNumber(value.RawUtf8);
                    break;
                case JsonValueKind.Object:
                    answer.Add(Answer.EndOfObject);
                    break;
                case JsonValueKind.Array:
                    answer.Add(Answer.EndOfArray);
                    break;
                default:
                    answer.AddLiteral(value.ValueKind);
                    break;
            }
        }
    }

    private sealed class ByHandler(MatrixInput input) : MatrixCase(Matrix.Peer.Handler, input)
    {
        private readonly JsonEventParser<Teller> _parser = new(default, StreamingJsonOptions.Trusted, input.Pool is { } pool ? new EventPools { Bytes = pool } : EventPools.Shared);

        public override JsonMeters? Meters => _parser.Meters;

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            _parser.Handler = new Teller { Answer = answer, Text = _parser.Handler.Text ?? [] };
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                deadline.Spend(chunk.Length);
                _parser.Append(chunk);
            }

            _parser.Complete();
        }

        protected override void Release() => _parser.Dispose();

        private struct Teller : IJsonEventHandler
        {
            public Answer Answer;
            public List<byte> Text;

            public readonly void OnStartObject(in JsonEventContext context)
            {
            }

            public readonly void OnEndObject(in JsonEventContext context) => Answer.Add(Answer.EndOfObject);

            public readonly void OnStartArray(in JsonEventContext context)
            {
            }

            public readonly void OnEndArray(in JsonEventContext context) => Answer.Add(Answer.EndOfArray);

            public readonly void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
            {
            }

            public readonly void OnStartString(in JsonEventContext context) => Text.Clear();

            public readonly void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Text.AddRange(utf8Text);

            public readonly void OnEndString(in JsonEventContext context) => Answer.Add(CollectionsMarshal.AsSpan(Text));

            public readonly void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Answer.AddNumber(utf8Number);

            public readonly void OnBoolean(bool value, in JsonEventContext context) => Answer.AddLiteral(value ? JsonValueKind.True : JsonValueKind.False);

            public readonly void OnNull(in JsonEventContext context) => Answer.AddLiteral(JsonValueKind.Null);

            public readonly void OnDocumentCompleted()
            {
            }
        }
    }

    /// <summary>Has the whole document at once: the unit of the ratios, with the telling.</summary>
    private sealed class ByOnePass(MatrixInput input) : MatrixCase(Matrix.Peer.OnePass, input)
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

    /// <summary>The documented way: the state is carried, what was not consumed is shown again.</summary>
    private sealed class ByRefedReader(MatrixInput input) : MatrixCase(Matrix.Peer.Refed, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            int consumed = 0;
            JsonReaderState state = default;
            for (int received = 0; received < Input.Utf8.Length;)
            {
                received = Input.Advance(received);
                deadline.Spend(received - consumed);
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

    private sealed class ByNewtonsoft(MatrixInput input) : MatrixCase(Matrix.Peer.Newtonsoft, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            using ReadSizeStream body = NewtonsoftReads.Body(Input);
            using Newtonsoft.Json.JsonTextReader reader = NewtonsoftReads.Open(body);
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case Newtonsoft.Json.JsonToken.String:
                        answer.Add((string)reader.Value!);
                        break;
                    case Newtonsoft.Json.JsonToken.Integer or Newtonsoft.Json.JsonToken.Float:
                        answer.AddNumber(Convert.ToDouble(reader.Value, CultureInfo.InvariantCulture));
                        break;
                    case Newtonsoft.Json.JsonToken.Boolean:
                        answer.AddLiteral((bool)reader.Value! ? JsonValueKind.True : JsonValueKind.False);
                        break;
                    case Newtonsoft.Json.JsonToken.Null:
                        answer.AddLiteral(JsonValueKind.Null);
                        break;
                    case Newtonsoft.Json.JsonToken.EndObject:
                        answer.Add(Answer.EndOfObject);
                        break;
                    case Newtonsoft.Json.JsonToken.EndArray:
                        answer.Add(Answer.EndOfArray);
                        break;
                }
            }
        }
    }
}
