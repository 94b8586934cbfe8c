using System;
using System.Collections.Generic;
using System.Text.Json;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>One whole field as early as possible; reading stops with it.</summary>
internal static class EarlyFieldTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
        [new ByLibrary(input), new ByRefedReader(input), new ByClosing(input), new AtTheEnd(input), new ByNewtonsoft(input)];

    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            if (!TryFindField(out PartialJsonElement field) || !field.IsComplete)
            {
                return false;
            }

            answer.Add(field.TextUtf8);
            answer.BytesNeeded = received;
            return true;
        }
    }

    /// <summary>The documented way: the state is carried, what was not consumed is shown again.</summary>
    private sealed class ByRefedReader(MatrixInput input) : MatrixCase(Matrix.Peer.Refed, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            int depth = Input.Field.IsInFirstElement ? 2 : 1;
            int consumed = 0;
            bool isNext = false;
            JsonReaderState state = default;
            for (int received = 0; received < Input.Utf8.Length;)
            {
                received = Input.Advance(received);
                deadline.Spend(received - consumed);
                var reader = new Utf8JsonReader(Input.Utf8.AsSpan(consumed, received - consumed), received == Input.Utf8.Length, state);
                while (reader.Read())
                {
                    if (isNext)
                    {
                        answer.Add(reader.GetString()!);
                        answer.BytesNeeded = received;
                        return;
                    }

                    isNext = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth && reader.ValueTextEquals(Input.Field.Utf8Name);
                }

                consumed += (int)reader.BytesConsumed;
                state = reader.CurrentState;
            }
        }
    }

    /// <summary>The field counts as whole when the text goes on behind it: the closed text cannot tell.</summary>
    private sealed class ByClosing(MatrixInput input) : ClosingCase(Matrix.Peer.ClosedDocument, input)
    {
        protected override bool Look(ReadOnlyMemory<byte> text, Answer answer, int received)
        {
            if (text.IsEmpty)
            {
                return false;
            }

            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement holder = document.RootElement;
            if (Input.Field.IsInFirstElement)
            {
                if (holder.GetArrayLength() == 0)
                {
                    return false;
                }

                holder = holder[0];
            }

            bool isFound = false;
            foreach (JsonProperty property in holder.EnumerateObject())
            {
                if (isFound || (received == Input.Utf8.Length && property.NameEquals(Input.Field.Utf8Name)))
                {
                    answer.Add(holder.GetProperty(Input.Field.Utf8Name).GetString()!);
                    answer.BytesNeeded = received;
                    return true;
                }

                isFound = property.NameEquals(Input.Field.Utf8Name);
            }

            return false;
        }
    }

    private sealed class AtTheEnd(MatrixInput input) : MatrixCase(Matrix.Peer.DocumentAtTheEnd, input)
    {
        private readonly CollectedDocument _collected = new();

        public override void Read(Answer answer, Deadline deadline)
        {
            using JsonDocument document = JsonDocument.Parse(_collected.Collect(Input.Utf8, Input.Size));
            JsonElement holder = Input.Field.IsInFirstElement ? document.RootElement[0] : document.RootElement;
            answer.Add(holder.GetProperty(Input.Field.Utf8Name).GetString()!);
            answer.BytesNeeded = Input.Utf8.Length;
        }
    }

    private sealed class ByNewtonsoft(MatrixInput input) : MatrixCase(Matrix.Peer.Newtonsoft, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            int depth = Input.Field.IsInFirstElement ? 2 : 1;
            using ReadSizeStream body = NewtonsoftReads.Body(Input);
            using Newtonsoft.Json.JsonTextReader reader = NewtonsoftReads.Open(body);
            while (reader.Read())
            {
                if (reader.TokenType == Newtonsoft.Json.JsonToken.PropertyName && reader.Depth == depth && (string)reader.Value! == Input.Field.Name)
                {
                    answer.Add(reader.ReadAsString()!);
                    answer.BytesNeeded = body.BytesRead;
                    return;
                }
            }
        }
    }
}
