using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// Deltas of the protocols whose payloads repeat, some of them changed in any way that JSON, the framing or a bad line allows: who compares each with the one
/// before says what he says who reads every one, however the stream is cut.
/// </summary>
public sealed class ComparedPayloadTests(ITestOutputHelper output)
{
    // A ß is written as a byte that is no UTF-8.
    private static readonly string[] Pieces =
    [
        "{\"a\":", "1", "12,", "\"", "text", "x\\", "\n", "\u00e9", "\U0001F43B", "\ud83d", "\udc3b", "", " ", "}", "[", "]", "a longer piece of plain text than a block", "\u0001", "\\u0041", "\u00df", "a\u00df",
    ];

    public static TheoryData<string> Dialects => new(Dialect.All.Select(dialect => dialect.Name));

    [Theory]
    [MemberData(nameof(Dialects))]
    public void ComparedOrRead_TheEventsAreTheSame(string name)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == name);
        Gen<Delta> delta =
            from piece in Gen.Elements(Pieces)
            from padding in Gen.Choose(0, 20)
            from change in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(1, Changes.Length - 1)))
            from place in Gen.Choose(0, 1 << 20)
            from isEscaped in Gen.Elements(false, false, true)
            select new Delta(piece, padding, change, place, isEscaped);
        var cases =
            from deltas in delta.ArrayOf(40)
            from first in Gen.Elements(0, 1, 8, 95, 995)
            from size in Gen.Choose(1, 700)
            select (Deltas: deltas, First: first, Size: size);
        using var comparing = new ModelStreamReader(dialect.Options);
        using var reading = new ModelStreamReader(dialect.Options) { IsEveryPayloadRead = true };
        Seed.Check(output, 300, cases, c =>
        {
            byte[] stream = dialect.Write(c.First, c.Deltas);
            string expected = Run(reading, stream, 0);
            Assert.Equal(expected, Run(comparing, stream, 0));
            Assert.Equal(expected, Run(comparing, stream, c.Size));
            Assert.Equal(expected, Run(reading, stream, c.Size));
        });
    }

    /// <summary>A frame that is too long is refused at the same byte, though it begins as one that is known.</summary>
    [Theory]
    [MemberData(nameof(Dialects))]
    public void AFrameThatIsTooLong_IsRefused(string name)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == name);
        byte[] stream = dialect.Write(1, [.. new[] { 1, 1, 1, 1, 1, 400, 1 }.Select(length => new Delta(new string('1', length), 0, 0, 0, false))]);
        var options = new ModelStreamOptions { Protocol = dialect.Protocol, Framing = dialect.Options.Framing, MaxFrameBytes = 300 };
        using var comparing = new ModelStreamReader(options);
        using var reading = new ModelStreamReader(options) { IsEveryPayloadRead = true };
        string expected = Run(reading, stream, 0);
        Assert.Contains(nameof(AnomalyKind.FramingError), expected, StringComparison.Ordinal);
        foreach (int size in new[] { 0, 1, 50, 299, 300, 301 })
        {
            Assert.Equal(expected, Run(comparing, stream, size));
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void PayloadsThatRepeat_AreCompared(string name)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == name);
        byte[] stream = dialect.Write(7, [.. Enumerable.Range(0, 5).Select(i => new Delta(i == 0 ? "[1" : ",1", i, 0, 0, false))], hasEnd: false);
        using var reader = new ModelStreamReader(dialect.Options);
        using var reading = new ModelStreamReader(dialect.Options) { IsEveryPayloadRead = true };
        Drain(reader, stream);
        Drain(reading, stream);

        Assert.Equal("[1,1,1,1,1", reader.Message.Items.Single().GetText());
        Assert.True(reader.IsComparing);
        Assert.False(reading.IsComparing);
    }

    private static void Drain(ModelStreamReader reader, byte[] stream)
    {
        reader.Append(stream);
        while (reader.TryRead(out _))
        {
        }
    }

    private static string Run(ModelStreamReader reader, byte[] stream, int chunkSize)
    {
        reader.Reset();
        ModelRun run = ModelRun.Of(reader, stream, chunkSize);
        string snapshots = string.Concat(run.Calls.Select(call => call.Snapshot.HasValue ? call.Snapshot.RootElement.ToString() : "nothing"));
        return run.Events + run.FinalLine() + snapshots;
    }

    // What is done to the bytes of one payload, at some place.
    private static readonly Func<string, int, string>[] Changes =
    [
        (json, _) => json,
        (json, at) => Insert(json, Structure(json, at), " "),
        (json, at) => Insert(json, Structure(json, at), "\t \r"),
        (json, at) => Insert(json, Structure(json, at), "\n"),
        (json, at) => Insert(json, json.IndexOf('{', StringComparison.Ordinal) + 1, "\"extra\":" + (at % 3 == 0 ? "{\"a\":[1]}" : at % 3 == 1 ? "\"b\"" : "null") + ","),
        (json, at) => Insert(json, json.LastIndexOf('}'), ",\"" + NameAt(json, at) + "\":" + (at % 2 == 0 ? "\"twice\"" : "5")),
        (json, at) => json.Replace("\"" + NameAt(json, at) + "\":", "\"other\":", StringComparison.Ordinal),
        (json, at) => json.Replace("\"" + NameAt(json, at) + "\":", "\"" + Escaped(NameAt(json, at)) + "\":", StringComparison.Ordinal),
        (json, at) => json.Replace("\"" + NameAt(json, at) + "\":", "\"" + NameAt(json, at) + "\" :", StringComparison.Ordinal),
        (json, at) => json[..(at % json.Length)],
        (json, at) => json + (at % 2 == 0 ? "}" : " "),
        (json, at) => " " + json + "\t",
        (json, at) => Insert(json, at % json.Length, "\\"),
        (json, at) => Insert(json, at % json.Length, "\""),
        (json, at) => Insert(json, at % json.Length, ((char)(at % 0x250)).ToString()),
        (json, at) => json.Remove(at % json.Length, 1),
        (json, at) => json.Replace(":0", at % 2 == 0 ? ":1" : ":0.0", StringComparison.Ordinal),
        (json, at) => json.Replace("\"sequence_number\":", "\"sequence_number\":" + (at % 3 == 0 ? "0" : at % 3 == 1 ? "1" : "-"), StringComparison.Ordinal),
        (json, at) => json.Replace("\":\"", "\":[\"", StringComparison.Ordinal),
        (json, at) => "[DONE]",
    ];

    // Behind a bracket, a comma or a colon: of the JSON, or of a text in it.
    private static int Structure(string json, int at)
    {
        int[] places = [.. Enumerable.Range(0, json.Length).Where(i => json[i] is '{' or ',' or ':' or '[')];
        return places[at % places.Length] + 1;
    }

    private static string NameAt(string json, int at)
    {
        string[] names = [.. json.Split('"').Where((_, i) => i % 2 == 1).Where(text => json.Contains("\"" + text + "\":", StringComparison.Ordinal))];
        return names.Length == 0 ? "none" : names[at % names.Length];
    }

    private static string Escaped(string name) => $"\\u{(int)name[0]:x4}" + name[1..];

    private static string Insert(string json, int at, string text) => json.Insert(at, text);

    private sealed record Delta(string Piece, int Padding, int Change, int Place, bool IsEscaped)
    {
        public string Quoted => JsonSerializer.Serialize(Piece, IsEscaped ? JsonSerializerOptions.Default : Relaxed).Replace("\\uFFFD", Half, StringComparison.Ordinal).Replace("\uFFFD", Half, StringComparison.Ordinal);

        private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private string Half => Piece.Length == 1 ? $"\\u{(int)Piece[0]:x4}" : string.Empty;
    }

    private sealed record Dialect(string Name, ModelProtocol Protocol, string? Event, string Start, Func<int, string, string, string> Payload, string End)
    {
        public static readonly Dialect[] All =
        [
            new(
                "chat",
                ModelProtocol.OpenAIChat,
                null,
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}""",
                (_, piece, padding) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":{{{piece}}}}}]},"finish_reason":null}],"obfuscation":"{{{padding}}}"}""",
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""),
            new(
                "responses",
                ModelProtocol.OpenAIResponses,
                "response.function_call_arguments.delta",
                """{"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","arguments":"","call_id":"call_1","name":"f"}}""",
                (number, piece, padding) => $$"""{"type":"response.function_call_arguments.delta","sequence_number":{{number}},"item_id":"fc_1","output_index":0,"delta":{{piece}},"obfuscation":"{{padding}}"}""",
                """{"type":"response.completed","response":{"status":"completed","output":[]}}"""),
            new(
                "anthropic",
                ModelProtocol.Anthropic,
                "content_block_delta",
                """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""",
                (_, piece, _) => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":{{{piece}}}}}""",
                """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"""),
            new(
                "converse",
                ModelProtocol.BedrockConverse,
                "contentBlockDelta",
                """{"contentBlockStart":{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"t_1","name":"f"}}}}""",
                (_, piece, padding) => $$$"""{"contentBlockIndex":0,"delta":{"toolUse":{"input":{{{piece}}}}},"p":"{{{padding}}}"}""",
                """{"messageStop":{"stopReason":"tool_use"}}"""),
            new(
                "chat text",
                ModelProtocol.OpenAIChat,
                null,
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
                (_, piece, padding) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":{{{piece}}}},"finish_reason":null}],"obfuscation":"{{{padding}}}"}""",
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            new(
                "chat reasoning under two names",
                ModelProtocol.OpenAIChat,
                null,
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
                (_, piece, _) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"reasoning_content":{{{piece}}},"reasoning":"the same","reasoning_details":[{"type":"reasoning.text","text":"again"}]},"finish_reason":null}]}""",
                """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            new(
                "responses text",
                ModelProtocol.OpenAIResponses,
                "response.output_text.delta",
                """{"type":"response.output_item.added","output_index":0,"item":{"id":"msg_1","type":"message","content":[],"role":"assistant"}}""",
                (number, piece, padding) => $$"""{"type":"response.output_text.delta","sequence_number":{{number}},"item_id":"msg_1","output_index":0,"content_index":0,"delta":{{piece}},"logprobs":[],"obfuscation":"{{padding}}"}""",
                """{"type":"response.completed","response":{"status":"completed","output":[]}}"""),
            new(
                "anthropic thinking",
                ModelProtocol.Anthropic,
                "content_block_delta",
                """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
                (_, piece, _) => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":{{{piece}}}}}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"""),
            new(
                "converse text",
                ModelProtocol.BedrockConverse,
                "contentBlockDelta",
                """{"messageStart":{"role":"assistant"}}""",
                (_, piece, padding) => $$$"""{"contentBlockIndex":0,"delta":{"text":{{{piece}}}},"p":"{{{padding}}}"}""",
                """{"messageStop":{"stopReason":"end_turn"}}"""),
        ];

        public ModelStreamOptions Options => new()
        {
            Protocol = Protocol,
            Framing = Protocol == ModelProtocol.BedrockConverse ? FrameFormat.AwsEventStream : FrameFormat.ServerSentEvents,
        };

        public byte[] Write(int first, Delta[] deltas, bool hasEnd = true)
        {
            var stream = new List<byte>();
            stream.AddRange(Frame(Start, "start", 0, 0));
            for (int i = 0; i < deltas.Length; i++)
            {
                Delta delta = deltas[i];
                string json = Payload(first + i, delta.Quoted, new string('x', delta.Padding));
                stream.AddRange(Frame(Changes[delta.Change](json, delta.Place), Event, delta.Change, delta.Place));
            }

            stream.AddRange(hasEnd ? Frame(End, "end", 0, 0) : []);
            return [.. stream];
        }

        // What is changed may be the lines around instead.
        private byte[] Frame(string json, string? type, int change, int place)
        {
            if (Protocol == ModelProtocol.BedrockConverse)
            {
                return new MessageBuilder().String(":event-type", type!).String(":message-type", "event").Build(Bytes(json));
            }

            string end = change == 1 && place % 4 == 0 ? "\r\n" : change == 1 && place % 4 == 1 ? "\r" : "\n";
            string before = change != 2 ? string.Empty : (place % 7) switch { 0 => "id: 1" + end, 1 => ": c" + end, 2 => "retry: 1" + end, 3 => "data: [" + end, 4 => "event: x" + end + end, 5 => "other: 1" + end, _ => end };
            string line = type is null ? string.Empty : "event: " + type + end;
            return Bytes($"{before}{line}data: {json}{end}{end}");
        }

        private static byte[] Bytes(string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            int at = utf8.AsSpan().IndexOf("\u00df"u8);
            return at < 0 ? utf8 : [.. utf8.AsSpan(0, at), 0xFF, .. utf8.AsSpan(at + 2)];
        }
    }
}
