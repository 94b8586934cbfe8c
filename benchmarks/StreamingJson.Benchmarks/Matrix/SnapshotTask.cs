using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The whole value after every delta, and one field of it.</summary>
internal static class SnapshotTask
{
    // Where the whole value is told at every delta, for the check.
    private const int SmallDocument = 2048;

    public static IEnumerable<MatrixCase> For(MatrixInput input) =>
    [
        new Library(input),
        new ByDocument(input),
        new ByNode(input),
        new BySerializer(input),
    ];

    private static string Canonical(JsonElement value) => JsonSerializer.Serialize(value);

    private sealed class Library(MatrixInput input) : MatrixCase("StreamingJson", input)
    {
        private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);
        private readonly byte[] _name = Encoding.UTF8.GetBytes(input.Field.Name);

        public override void Read(Answer answer, Deadline deadline)
        {
            _parser.Reset();
            bool isWhole = answer.IsRecording && Input.Utf8.Length <= SmallDocument;
            foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
            {
                _parser.Append(chunk);
                JsonSnapshot snapshot = _parser.Snapshot;
                if (TryFind(snapshot, out PartialJsonElement field))
                {
                    answer.Add(field.TextUtf8);
                }

                if (isWhole)
                {
                    answer.Add(snapshot.RootElement.ValueKind == JsonValueKind.Undefined ? string.Empty : Canonical(snapshot.ToJsonElement()));
                }
            }
        }

        private bool TryFind(JsonSnapshot snapshot, out PartialJsonElement field)
        {
            PartialJsonElement holder = snapshot.RootElement;
            if (Input.Field.IsInFirstElement && !snapshot.TryGetElement("/0", out holder))
            {
                field = default;
                return false;
            }

            field = default;
            return holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(_name, out field);
        }
    }

    /// <summary>Closes the brackets after every delta and reads all of it again.</summary>
    private abstract class Closing(string peer, MatrixInput input) : MatrixCase(peer, input)
    {
        private readonly BracketCloser _closer = new();

        public override bool IsQuadratic => true;

        public override void Read(Answer answer, Deadline deadline)
        {
            bool isWhole = answer.IsRecording && Input.Utf8.Length <= SmallDocument;
            int received = 0;
            while (received < Input.Utf8.Length)
            {
                deadline.ThrowIfOver();
                received = Math.Min(received + Input.Size.For(Input.Utf8.Length), Input.Utf8.Length);
                ReadOnlyMemory<byte> text = _closer.Close(Input.Utf8.AsSpan(0, received));
                string? value = text.IsEmpty ? null : Find(text);
                if (value is not null)
                {
                    answer.Add(value);
                }

                if (isWhole)
                {
                    answer.Add(text.IsEmpty ? string.Empty : Canonical(JsonElement.Parse(text.Span)));
                }
            }
        }

        protected abstract string? Find(ReadOnlyMemory<byte> text);

        protected string? Find(JsonElement root)
        {
            if (Input.Field.IsInFirstElement)
            {
                if (root.GetArrayLength() == 0)
                {
                    return null;
                }

                root = root[0];
            }

            return root.TryGetProperty(Input.Field.Name, out JsonElement field) ? field.GetString() : null;
        }
    }

    private sealed class ByDocument(MatrixInput input) : Closing("close the brackets, JsonDocument", input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
    }

    private sealed class ByNode(MatrixInput input) : Closing("close the brackets, JsonNode", input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text)
        {
            JsonNode root = JsonNode.Parse(text.Span)!;
            if (Input.Field.IsInFirstElement)
            {
                JsonArray array = root.AsArray();
                return array.Count == 0 ? null : array[0]![Input.Field.Name]?.GetValue<string>();
            }

            return root[Input.Field.Name]?.GetValue<string>();
        }
    }

    private sealed class BySerializer(MatrixInput input) : Closing("close the brackets, JsonSerializer", input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text) => Find(JsonSerializer.Deserialize<JsonElement>(text.Span));
    }
}
