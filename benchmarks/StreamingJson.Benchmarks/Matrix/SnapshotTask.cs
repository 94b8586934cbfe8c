using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The whole value after every delta, and one field of it.</summary>
internal static class SnapshotTask
{
    // Where the whole value is told at every delta, for the check.
    private const int SmallDocument = 2048;

    public static IEnumerable<MatrixCase> For(MatrixInput input) => [new ByLibrary(input), new ByDocument(input), new ByNode(input), new BySerializer(input)];

    private static bool IsToldWhole(Answer answer, MatrixInput input) => answer.IsRecording && input.Utf8.Length <= SmallDocument;

    private sealed class ByLibrary(MatrixInput input) : ParserCase(Matrix.Peer.Library, input)
    {
        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            if (TryFindField(out PartialJsonElement field))
            {
                answer.Add(field.TextUtf8);
            }

            if (IsToldWhole(answer, Input) && Parser.Snapshot.HasValue)
            {
                answer.AddValue(Parser.Snapshot.ToJsonElement());
            }

            return false;
        }
    }

    private abstract class Closing(string peer, MatrixInput input) : ClosingCase(peer, input)
    {
        protected sealed override bool Look(ReadOnlyMemory<byte> text, Answer answer, int received)
        {
            if (!text.IsEmpty && Find(text) is { } value)
            {
                answer.Add(value);
            }

            if (IsToldWhole(answer, Input) && !text.IsEmpty)
            {
                answer.AddValue(JsonElement.Parse(text.Span));
            }

            return false;
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

            return root.TryGetProperty(Input.Field.Utf8Name, out JsonElement field) ? field.GetString() : null;
        }
    }

    private sealed class ByDocument(MatrixInput input) : Closing(Matrix.Peer.ClosedDocument, input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
    }

    private sealed class ByNode(MatrixInput input) : Closing(Matrix.Peer.ClosedNode, input)
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

    private sealed class BySerializer(MatrixInput input) : Closing(Matrix.Peer.ClosedSerializer, input)
    {
        protected override string? Find(ReadOnlyMemory<byte> text) => Find(JsonSerializer.Deserialize<JsonElement>(text.Span));
    }
}
