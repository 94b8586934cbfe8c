using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>A typed object after every delta: what is there so far, in the members of a class.</summary>
internal static class TypedTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input) => input.Document.Name switch
    {
        "A" => For(input, TypedContext.Default.Journey),
        "C" => For(input, TypedContext.Default.ListExportRecord),
        "D" => For(input, TypedContext.Default.WeatherArguments),
        "P" => For(input, TypedContext.Default.AgentPlan),
        _ => For(input, TypedContext.Default.WriteFile),
    };

    private static IEnumerable<MatrixCase> For<T>(MatrixInput input, JsonTypeInfo<T> type)
        where T : class => [new ByBinding<T>(input, type), new ByDeserialize<T>(input, type), new ByClosedSerializer<T>(input, type)];

    private static void Tell<T>(Answer answer, T? value, JsonTypeInfo<T> type)
        where T : class
    {
        if (answer.IsRecording)
        {
            answer.Add(value is null ? string.Empty : JsonSerializer.Serialize(value, type));
        }
        else
        {
            answer.Add(value is null ? 0 : 1);
        }
    }

    private sealed class ByBinding<T> : ParserCase
        where T : class
    {
        private readonly JsonTypeInfo<T> _type;
        private readonly PartialReader<T> _reader;

        public ByBinding(MatrixInput input, JsonTypeInfo<T> type)
            : base(Matrix.Peer.Binding, input)
        {
            _type = type;
            _reader = Parser.ReadPartial(type);
        }

        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            deadline.Spend(received);
            Tell(answer, _reader.Read().Value, _type);
            return false;
        }
    }

    private sealed class ByDeserialize<T>(MatrixInput input, JsonTypeInfo<T> type) : ParserCase(Matrix.Peer.Deserialize, input)
        where T : class
    {
        protected override bool Look(Answer answer, Deadline deadline, int received)
        {
            deadline.Spend(received);
            Tell(answer, Parser.Snapshot.HasValue ? Parser.Snapshot.Deserialize(type) : null, type);
            return false;
        }
    }

    private sealed class ByClosedSerializer<T>(MatrixInput input, JsonTypeInfo<T> type) : ClosingCase(Matrix.Peer.ClosedSerializer, input)
        where T : class
    {
        protected override bool Look(ReadOnlyMemory<byte> text, Answer answer, int received)
        {
            Tell(answer, text.IsEmpty ? null : JsonSerializer.Deserialize(text.Span, type), type);
            return false;
        }
    }
}
