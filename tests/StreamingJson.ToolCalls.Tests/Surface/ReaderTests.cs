using System;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The states of a reader, the first bytes of a stream, and payloads that are none.</summary>
public sealed class ReaderTests
{
    private static readonly Action<ModelStreamReader>[] Calls =
    [
        reader => reader.Append("x"u8), reader => reader.Append(new System.Buffers.ReadOnlySequence<byte>([1])), reader => reader.EndMessage(), reader => reader.AppendPayload("{}"u8), reader => reader.StartPayload(), reader => reader.EndPayload(),
        reader => reader.Complete(), reader => reader.Abort(), reader => reader.TryRead(out _), reader => reader.Reset(),
    ];

    [Fact]
    public void ADisposedReader_DoesNothingMore()
    {
        var reader = new ModelStreamReader(new ModelStreamOptions { Framing = FrameFormat.Message });
        reader.StartPayload();
        reader.Dispose();
        Assert.All(Calls, call => Assert.Throws<ObjectDisposedException>(() => call(reader)));
    }

    [Fact]
    public void ACompletedReader_TakesNothingMore()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Framing = FrameFormat.Message });
        reader.StartPayload();
        reader.Complete();
        Assert.All(Calls.Take(6), call => Assert.Throws<InvalidOperationException>(() => call(reader)));
        reader.Complete();
        Assert.True(reader.TryRead(out ModelEvent last));
        Assert.Equal(ModelEventKind.StreamEnded, last.Kind);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void BytesBehindTheEndOfAStream_AreNoFault()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.AwsEventStream });
        reader.Append(new byte[20]);
        while (reader.TryRead(out _))
        {
        }

        Assert.Equal(JsonOutcome.Invalid, reader.Message.Outcome);
        reader.Append(new byte[20]);
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData("d", FrameFormat.ServerSentEvents)]
    [InlineData("[", FrameFormat.JsonArray)]
    [InlineData(" [", FrameFormat.JsonArray)]
    [InlineData("\0", FrameFormat.AwsEventStream)]
    [InlineData("{\"", FrameFormat.NdJson)]
    [InlineData("{\n", FrameFormat.JsonArray)]
    [InlineData("{", null)]
    [InlineData("{ \t", null)]
    [InlineData(" \r\n", null)]
    [InlineData("\u00EF", null)]
    [InlineData("\u00EF\u00BB", null)]
    [InlineData("\u00EF\u00BB\u00BF", null)]
    [InlineData("\u00EF\u00BB\u00BF[", FrameFormat.JsonArray)]
    [InlineData("\u00EF\u00BB\u00BF {\"", FrameFormat.NdJson)]
    [InlineData("\u00EFxy", FrameFormat.ServerSentEvents)]
    public void TheFraming_IsKnownWithTheFirstByteThatTells(string start, FrameFormat? expected)
    {
        using var reader = new ModelStreamReader();
        foreach (byte value in Encoding.Latin1.GetBytes(start))
        {
            reader.Append([value]);
        }

        Assert.Equal(expected, reader.Recognition.Framing);
        reader.Complete();
        while (reader.TryRead(out _))
        {
        }

        Assert.NotNull(reader.Recognition.Framing);
    }

    [Theory]
    [InlineData(64 * 1024, false)]
    [InlineData((64 * 1024) + 1, true)]
    public void BlanksDoNotPileUp(int count, bool isKnown)
    {
        using var reader = new ModelStreamReader();
        reader.Append(Enumerable.Repeat((byte)' ', count).ToArray());
        Assert.Equal(isKnown ? FrameFormat.ServerSentEvents : null, reader.Recognition.Framing);
    }

    /// <summary>Where the framing is given, only a byte order mark is waited for.</summary>
    [Theory]
    [InlineData(FrameFormat.NdJson)]
    [InlineData(FrameFormat.JsonArray)]
    public void AMark_BelongsToNoJson(FrameFormat framing)
    {
        byte[] payload = Encoding.UTF8.GetBytes("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""" + "\n");
        foreach (byte[] stream in new[] { payload, [0xEF, 0xBB, 0xBF, .. payload] })
        {
            foreach (int size in new[] { 0, 1, 2, 4 })
            {
                ModelRun run = ModelRun.Of(new ModelStreamOptions { Framing = framing }, stream, size);
                Assert.Equal("a", run.Message.Items.Single().GetText());
                Assert.DoesNotContain(AnomalyKind.MalformedFrame, run.Anomalies);
                run.Reader.Dispose();
            }
        }

        using var reader = new ModelStreamReader(new ModelStreamOptions { Framing = framing });
        Assert.Null(reader.Recognition.Framing);
        reader.Append([0xEF]);
        Assert.Null(reader.Recognition.Framing);
        reader.Reset();
        reader.Append("{"u8);
        Assert.Equal(framing, reader.Recognition.Framing);
        Assert.Equal("given", reader.Recognition.FramingReason);
    }

    [Fact]
    public void GivenAFramingAndAContentType_TheFramingCounts()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Framing = FrameFormat.ServerSentEvents, ContentType = "application/vnd.amazon.eventstream" });
        Assert.Equal(FrameFormat.ServerSentEvents, reader.Recognition.Framing);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""", FrameFormat.NdJson, "MissingTerminator MissingFinishReason")]
    [InlineData("""{"choices":[{"index":0,"del""", FrameFormat.NdJson, "UnterminatedFrame MalformedFrame MissingTerminator")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}", FrameFormat.ServerSentEvents, "UnterminatedFrame MissingTerminator MissingFinishReason")]
    [InlineData("data: {\"choices\":[{\"ind", FrameFormat.ServerSentEvents, "UnterminatedFrame MalformedFrame MissingTerminator")]
    public void ALastLineWithoutItsBreak_IsWorthAWord_WhereTheCutShows(string stream, FrameFormat framing, string expected)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = framing }, Encoding.UTF8.GetBytes(stream));
        Assert.Equal(expected, string.Join(' ', run.Anomalies));
        run.Reader.Dispose();
    }

    /// <summary>Bodies of HTTP errors, in place of a stream.</summary>
    [Theory]
    [InlineData("""{"message":"m","__type":"T"}""", "T", "m")]
    [InlineData("""{"message":"m","code":5}""", "5", "m")]
    [InlineData("""{"message":"m"}""", null, "m")]
    [InlineData("""{"detail":"d"}""", null, "d")]
    [InlineData("""{"message":5,"detail":"d","__type":6,"code":"c"}""", "c", "d")]
    [InlineData("""{"error":{"message":"m"},"message":"other"}""", null, "m")]
    public void ARefusal(string body, string? code, string text)
    {
        ModelRun run = ModelRun.Of(ModelStreamOptions.Default, Encoding.UTF8.GetBytes(body));
        Assert.Equal([new ModelError(code, text)], run.Message.Errors);
        Assert.Equal(JsonOutcome.Truncated, run.Message.Outcome);
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData("""{"detail":5}""")]
    [InlineData("""{"message":5}""")]
    public void WhatIsNoRefusal_IsNotRecognised(string body)
    {
        ModelRun run = ModelRun.Of(ModelStreamOptions.Default, Encoding.UTF8.GetBytes(body));
        Assert.Empty(run.Message.Errors);
        Assert.Equal([AnomalyKind.UnrecognizedPayload], run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Exceptions of AWS: the message of the payload, else that of the header.</summary>
    [Theory]
    [InlineData("""{"message":"m"}""", "m")]
    [InlineData("""{"other":1}""", "h")]
    [InlineData("no JSON", "h")]
    public void AnExceptionOfAws(string payload, string text)
    {
        byte[] message = new MessageBuilder().String(":exception-type", "throttlingException").String(":message-type", "exception").String(":error-message", "h").Build(Encoding.UTF8.GetBytes(payload));
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Framing = FrameFormat.AwsEventStream }, message);
        Assert.Equal([new ModelError("throttlingException", text)], run.Message.Errors);
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(0, JsonOutcome.Truncated)]
    [InlineData(1, JsonOutcome.Invalid)]
    public void ABinaryStreamThatIsCut_IsNoBrokenOne(int wrongBytes, JsonOutcome expected)
    {
        byte[] message = MessageBuilder.Event("messageStart", "{}");
        message[^1] ^= (byte)wrongBytes;
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Framing = FrameFormat.AwsEventStream }, message.AsSpan(0, message.Length - 1 + wrongBytes));
        Assert.Equal(expected, run.Message.Outcome);
        Assert.Equal([AnomalyKind.FramingError], run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Lines that are no events may be a JSON text together, an error; or else they are lines that nobody knows, and so are more of them than an error has.</summary>
    [Theory]
    [InlineData("oops\n", "UnknownLine", null)]
    [InlineData("{\n\"a\":1}\n", "UnknownLine", null)]
    [InlineData("{\n\"error\":\"m\"}\n", "ErrorAfterEvents", "m")]
    [InlineData("\t\n[{\"error\":\n\"m\"}]\n", "UnknownLine ErrorAfterEvents", "m")]
    [InlineData("{\n\"error\":\"m\"}\n\ndata: {\"choices\":[]}\n\n", "ErrorAfterEvents", "m")]
    public void LooseLines(string lines, string anomalies, string? error)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.ServerSentEvents }, Encoding.UTF8.GetBytes("data: {\"choices\":[]}\n\n" + lines));
        Assert.Equal(anomalies.Split(' '), run.Anomalies.Where(kind => kind is AnomalyKind.UnknownLine or AnomalyKind.ErrorAfterEvents).Select(kind => kind.ToString()));
        Assert.Equal(error is null ? [] : [error], run.Message.Errors.Select(e => e.Message));
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(65_500, AnomalyKind.ErrorAfterEvents)]
    [InlineData(65_536, AnomalyKind.UnknownLine)]
    public void LooseLines_AreNotKeptForever(int length, AnomalyKind expected)
    {
        string lines = "{\n\"error\":\"" + new string('m', length - 13) + "\"}\n";
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.ServerSentEvents }, Encoding.UTF8.GetBytes(lines));
        Assert.Contains(expected, run.Anomalies);
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(120, false)]
    [InlineData(130, true)]
    public void ADeepPayload_IsReadUpToItsLimit(int depth, bool isMalformed)
    {
        string value = string.Concat(Enumerable.Repeat("{\"a\":", depth - 6)) + "1" + new string('}', depth - 6);
        ModelRun run = ModelRun.OfChat(Chunk($$$"""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":{{{value}}}}}]}"""));
        Assert.Equal(isMalformed, run.Anomalies.Contains(AnomalyKind.MalformedFrame));
        Assert.Equal(isMalformed ? 0 : 1, run.Calls.Count());
        run.Reader.Dispose();
    }

    /// <summary>What comes after <c>[DONE]</c> is told, whatever it is; blank payloads are nothing.</summary>
    [Fact]
    public void BehindTheLastEvent()
    {
        ModelRun run = ModelRun.OfChat(Finish("stop"), "[DONE]", " ", "[DONE]");
        Assert.Empty(run.Anomalies);
        run.Reader.Dispose();
        run = ModelRun.OfChat(Finish("stop"), " [DONE]\t", Finish("stop"));
        Assert.Equal([AnomalyKind.EventAfterEnd], run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Which protocols have a last event: without it something is missing, and nothing follows it.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"delta":{"content":"a"}}]}""", null)]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"delta":{"content":"a"}}]}""", """{"object":"chat.completion","choices":[]}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_text.delta","delta":"a"}""", """{"type":"response.completed","response":{}}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}""", """{"type":"message_stop"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.delta","delta":{"type":"text","text":"a"}}""", """{"event_type":"interaction.completed","interaction":{"status":"completed"}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.delta","delta":{"type":"text","text":"a"}}""", """{"object":"interaction","status":"completed"}""")]
    [InlineData(ModelProtocol.CohereV2, """{"type":"content-delta","delta":{"message":{"content":{"text":"a"}}}}""", """{"type":"message-end","delta":{}}""")]
    [InlineData(ModelProtocol.Ollama, """{"message":{"content":"a"},"done":false}""", """{"message":{},"done":true}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"text-delta","id":"1","delta":"a"}""", null)]
    public void AProtocolWithALastEvent_MissesIt(ModelProtocol protocol, string payload, string? last)
    {
        var options = new ModelStreamOptions { Protocol = protocol };
        ModelRun run = ModelRun.Of(options, ModelRun.Sse(payload));
        Assert.Contains(AnomalyKind.MissingTerminator, run.Anomalies);
        Assert.Equal(JsonOutcome.Truncated, run.Message.Outcome);
        run.Reader.Dispose();
        if (last is not null)
        {
            run = ModelRun.Of(options, ModelRun.Sse(payload, last));
            Assert.DoesNotContain(AnomalyKind.MissingTerminator, run.Anomalies);
            Assert.Equal(JsonOutcome.Complete, run.Message.Outcome);
            run.Reader.Dispose();
            run = ModelRun.Of(options, ModelRun.Sse(payload, last, payload));
            Assert.Contains(AnomalyKind.EventAfterEnd, run.Anomalies);
            run.Reader.Dispose();
        }
    }

    [Theory]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"serverContent":{"modelTurn":{"parts":[{"text":"a"}]}}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockDelta":{"delta":{"text":"a"}}}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"text-generation","text":"a"}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, """{"type":"response.output_text.delta","event_id":"e","delta":"a"}""")]
    public void AProtocolWithout_MissesNothing(ModelProtocol protocol, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol }, ModelRun.Sse(payload));
        Assert.DoesNotContain(AnomalyKind.MissingTerminator, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Where the last event may be missing, nothing follows it all the same.</summary>
    [Fact]
    public void BehindAnEndThatNotEveryStreamHas()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.CohereV1 }, ModelRun.Sse("""{"event_type":"stream-end"}""", """{"event_type":"text-generation","text":"a"}"""));
        Assert.Contains(AnomalyKind.EventAfterEnd, run.Anomalies);
        Assert.Equal(JsonOutcome.Complete, run.Message.Outcome);
        run.Reader.Dispose();
    }

    /// <summary>A payload of any size, its containers where they stand.</summary>
    [Fact]
    public void APayloadOfManyProperties()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        for (int round = 0; round < 2; round++)
        {
            ModelPayload payload = reader.StartPayload();
            Assert.False(payload.Root.IsObject);
            payload.StartObject();
            for (int i = 0; i < 40; i++)
            {
                payload.StartObject(Encoding.UTF8.GetBytes($"p{i}"));
                payload.WriteNumber("n"u8, i);
                payload.EndObject();
            }

            payload.EndObject();
            Assert.Equal("{\"n\":39}", Encoding.UTF8.GetString(payload.Root["p39"u8].Raw));
            Assert.Equal(string.Concat("{", string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"p{i}\":{{\"n\":{i}}}")), "}"), Encoding.UTF8.GetString(payload.Root.Raw));
            reader.EndPayload();
            Assert.Throws<InvalidOperationException>(reader.EndPayload);
        }
    }

    [Fact]
    public void AReaderOfUpdates_MissesNoTextTerminator_ButARealEnd()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAICompletions, Framing = FrameFormat.NdJson });
        ModelRun run = ModelRun.Of(reader, Encoding.UTF8.GetBytes("""{"choices":[{"text":"a","finish_reason":"stop"}]}""" + "\n"));
        Assert.Empty(run.Anomalies);
        run.Reader.Dispose();
        run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAICompletions }, ModelRun.Sse("""{"choices":[{"text":"a","finish_reason":"stop"}]}"""));
        Assert.Equal([AnomalyKind.MissingTerminator], run.Anomalies);
        run.Reader.Dispose();
    }
}
