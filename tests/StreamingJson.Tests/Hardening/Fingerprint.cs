using System;
using System.Text.Json;
using StreamingJson.Tests.Support;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// What <see cref="Trace"/> says of a run, in a few numbers: cheap enough for hundreds of thousands of runs. Two runs are the same when
/// their prints are; which part differs is then for <see cref="Run"/> to say.
/// </summary>
internal readonly record struct Fingerprint(JsonOutcome Outcome, JsonErrorCode Code, long Offset, JsonLeniencies Leniencies, long Tokens, ulong Events)
{
    /// <summary>Both parsers over one text, cut at the set bits of a mask (bit 0: behind the first byte), reused from run to run.</summary>
    public sealed class Runner(StreamingJsonOptions options) : IDisposable
    {
        private readonly StreamingJsonParser _parser = new(options);
        private readonly JsonEventParser<HashingHandler> _events = new(new HashingHandler(), options);

        public (Fingerprint Tape, Fingerprint Events) Run(ReadOnlySpan<byte> text, ulong cuts)
        {
            _parser.Reset();
            _events.Reset();
            _events.Handler = new HashingHandler();
            var hash = new HashingHandler();
            int start = 0;
            for (int offset = 1; offset <= text.Length; offset++)
            {
                if (offset == text.Length || (offset <= 64 && (cuts & (1UL << (offset - 1))) != 0))
                {
                    Take(text[start..offset], ref hash);
                    start = offset;
                }
            }

            return End(ref hash);
        }

        /// <summary>The same, cut at two offsets.</summary>
        public (Fingerprint Tape, Fingerprint Events) Run(ReadOnlySpan<byte> text, int first, int second)
        {
            _parser.Reset();
            _events.Reset();
            _events.Handler = new HashingHandler();
            var hash = new HashingHandler();
            Take(text[..first], ref hash);
            Take(text[first..second], ref hash);
            Take(text[second..], ref hash);
            return End(ref hash);
        }

        public void Dispose()
        {
            _parser.Dispose();
            _events.Dispose();
        }

        private void Take(ReadOnlySpan<byte> chunk, ref HashingHandler hash)
        {
            _parser.TryAppend(chunk);
            _events.TryAppend(chunk);
            AddEvents(ref hash);
        }

        private (Fingerprint Tape, Fingerprint Events) End(ref HashingHandler hash)
        {
            if (_parser.Outcome == JsonOutcome.Partial)
            {
                _parser.Complete();
                _events.Complete();
                AddEvents(ref hash);
            }

            StreamingJsonException? error = _parser.Error;
            StreamingJsonException? eventError = _events.Error;
            return (
                new Fingerprint(_parser.Outcome, error?.Code ?? default, error?.ByteOffset ?? -1, _parser.Leniencies, _parser.Meters.Tokens, hash.Hash),
                new Fingerprint(
                    _events.Outcome, eventError?.Code ?? default, eventError?.ByteOffset ?? -1, _events.Leniencies, _events.Meters.Tokens, _events.Handler.Hash));
        }

        private void AddEvents(ref HashingHandler hash)
        {
            foreach (JsonEvent e in _parser.Events)
            {
                switch (e.Kind)
                {
                    case JsonEventKind.Started:
                        hash.Start(e.Element.ValueKind, e.ByteRange.Start, e.PropertyNameUtf8);
                        break;
                    case JsonEventKind.StringDelta:
                        hash.Text(e.TextUtf8);
                        break;
                    case JsonEventKind.Completed:
                        hash.End(e.Element.ValueKind, e.ByteRange.Start, e.ByteRange.End);
                        break;
                    default:
                        hash.OnDocumentCompleted();
                        break;
                }
            }
        }
    }

    /// <summary>A running hash (FNV-1a) over what is told; where the deltas of a string were cut leaves no trace in it.</summary>
    public struct HashingHandler : IJsonEventHandler
    {
        private ulong _hash;

        public readonly ulong Hash => _hash;

        public void OnStartObject(in JsonEventContext context) => Start(JsonValueKind.Object, context.Start, context.PropertyNameUtf8);

        public void OnEndObject(in JsonEventContext context) => End(JsonValueKind.Object, context.Start, context.End);

        public void OnStartArray(in JsonEventContext context) => Start(JsonValueKind.Array, context.Start, context.PropertyNameUtf8);

        public void OnEndArray(in JsonEventContext context) => End(JsonValueKind.Array, context.Start, context.End);

        public readonly void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
        {
            // It is told again with the value.
        }

        public void OnStartString(in JsonEventContext context) => Start(JsonValueKind.String, context.Start, context.PropertyNameUtf8);

        public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Text(utf8Text);

        public void OnEndString(in JsonEventContext context) => End(JsonValueKind.String, context.Start, context.End);

        public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Whole(JsonValueKind.Number, context);

        public void OnBoolean(bool value, in JsonEventContext context) => Whole(value ? JsonValueKind.True : JsonValueKind.False, context);

        public void OnNull(in JsonEventContext context) => Whole(JsonValueKind.Null, context);

        public void OnDocumentCompleted() => Add(0xFF);

        public void Start(JsonValueKind kind, long start, ReadOnlySpan<byte> name)
        {
            Add(0x100 + (ulong)kind);
            Add((ulong)start);
            Text(name);
        }

        public void End(JsonValueKind kind, long start, long end)
        {
            Add(0x200 + (ulong)kind);
            Add((ulong)start);
            Add((ulong)end);
        }

        public void Text(ReadOnlySpan<byte> utf8)
        {
            foreach (byte b in utf8)
            {
                Add(b);
            }
        }

        private void Whole(JsonValueKind kind, in JsonEventContext context)
        {
            Start(kind, context.Start, context.PropertyNameUtf8);
            End(kind, context.Start, context.End);
        }

        private void Add(ulong value) => _hash = (_hash ^ value ^ 0xCBF29CE484222325) * 0x100000001B3;
    }
}
