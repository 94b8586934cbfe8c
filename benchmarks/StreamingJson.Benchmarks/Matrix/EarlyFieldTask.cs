using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>One whole field as early as possible; reading stops with it.</summary>
internal static class EarlyFieldTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => [new Library(input), new Refed(input), new Closing(input), new AtTheEnd(input)];

    private static int Advance(MatrixInput input, int received) => Math.Min(received + input.Size.For(input.Utf8.Length), input.Utf8.Length);

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson", input)
    {
        private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            int received = 0;
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                received += chunk.Length;
                _parser.Append(chunk);
                if (_parser.Snapshot.TryGetElement(Input.Field.Pointer, out PartialJsonElement field) && field.IsComplete)
                {
                    answer.Add(field.TextUtf8);
                    answer.BytesNeeded = received;
                    return;
                }
            }
        }
    }

    /// <summary>The documented way: the state is carried, what was not consumed is shown again.</summary>
    private sealed class Refed(MatrixInput input) : MatrixCase("Utf8JsonReader, re-fed", input)
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(input.Field.Name);

        public override bool IsQuadratic => true;

        public override void Read(Answer answer, Deadline deadline)
        {
            int depth = Input.Field.IsInFirstElement ? 2 : 1;
            int consumed = 0;
            bool isNext = false;
            JsonReaderState state = default;
            for (int received = 0; received < Input.Utf8.Length;)
            {
                deadline.ThrowIfOver();
                received = Advance(Input, received);
                var reader = new Utf8JsonReader(Input.Utf8.AsSpan(consumed, received - consumed), received == Input.Utf8.Length, state);
                while (reader.Read())
                {
                    if (isNext)
                    {
                        answer.Add(reader.GetString()!);
                        answer.BytesNeeded = received;
                        return;
                    }

                    isNext = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth && reader.ValueTextEquals(_name);
                }

                consumed += (int)reader.BytesConsumed;
                state = reader.CurrentState;
            }
        }
    }

    /// <summary>The field counts as whole when the text goes on behind it: the closed text cannot tell.</summary>
    private sealed class Closing(MatrixInput input) : MatrixCase("close the brackets, JsonDocument", input)
    {
        private readonly BracketCloser _closer = new();

        public override bool IsQuadratic => true;

        public override void Read(Answer answer, Deadline deadline)
        {
            for (int received = 0; received < Input.Utf8.Length;)
            {
                deadline.ThrowIfOver();
                received = Advance(Input, received);
                ReadOnlyMemory<byte> text = _closer.Close(Input.Utf8.AsSpan(0, received));
                if (text.IsEmpty)
                {
                    continue;
                }

                using JsonDocument document = JsonDocument.Parse(text);
                JsonElement holder = document.RootElement;
                if (Input.Field.IsInFirstElement)
                {
                    if (holder.GetArrayLength() == 0)
                    {
                        continue;
                    }

                    holder = holder[0];
                }

                bool isFound = false;
                foreach (JsonProperty property in holder.EnumerateObject())
                {
                    if (isFound || (received == Input.Utf8.Length && property.NameEquals(Input.Field.Name)))
                    {
                        answer.Add(holder.GetProperty(Input.Field.Name).GetString()!);
                        answer.BytesNeeded = received;
                        return;
                    }

                    isFound = property.NameEquals(Input.Field.Name);
                }
            }
        }
    }

    private sealed class AtTheEnd(MatrixInput input) : MatrixCase("JsonDocument at the end", input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            using JsonDocument document = JsonDocument.Parse(_collected.Collect(Input.Utf8, Input.Size));
            JsonElement holder = Input.Field.IsInFirstElement ? document.RootElement[0] : document.RootElement;
            answer.Add(holder.GetProperty(Input.Field.Name).GetString()!);
            answer.BytesNeeded = Input.Utf8.Length;
        }
    }
}
