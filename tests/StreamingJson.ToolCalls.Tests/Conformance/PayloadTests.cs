using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Payloads that an adapter writes property by property, and payloads without framing.</summary>
public class PayloadTests
{
    [Fact]
    public void WhatIsWritten_ReadsAsItsBytesDo()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        WriteCall(reader.StartPayload(), "call_1", "look \"up\"\\\n", "{\"q\":\"\\u00e4 \\\\ \u00e4\uD83D\uDE00\"}"u8);
        reader.EndPayload();
        Drain(reader);
        ToolCall call = Assert.IsType<ToolCall>(Assert.Single(reader.Message.Items));
        Assert.Equal("call_1", call.Id);
        Assert.Equal("look \"up\"\\\n", call.Name);
        Assert.Equal("{\"q\":\"\\u00e4 \\\\ \u00e4\uD83D\uDE00\"}", call.GetText());
        Assert.Equal("\u00e4 \\ \u00e4\uD83D\uDE00", call.Snapshot.TryGetElement("/q", out PartialJsonElement value) ? value.GetString() : null);
    }

    [Fact]
    public void ASurrogatePair_ThatTwoStringsShare_IsJoined()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        foreach (string piece in new[] { "a\uD83D", "\uDE00b" })
        {
            WriteText(reader.StartPayload(), piece);
            reader.EndPayload();
            Drain(reader);
        }

        Assert.Equal("a\uD83D\uDE00b", reader.Message.Items.Single().GetText());
        Assert.Equal([AnomalyKind.SurrogatePairSplit], reader.Message.Anomalies.Select(anomaly => anomaly.Kind));
    }

    [Fact]
    public void EveryCharacter_IsWrittenAsJsonWritesIt()
    {
        string text = string.Concat(Enumerable.Range(0, 0x800).Select(unit => (char)unit)) + "\u0800\uFFFF\uD800\uDC00\uDBFF\uDFFF";
        foreach (bool isUtf8 in new[] { false, true })
        {
            using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
            ModelPayload payload = reader.StartPayload();
            payload.StartObject();
            if (isUtf8)
            {
                payload.WriteString("t"u8, Encoding.UTF8.GetBytes(text));
            }
            else
            {
                payload.WriteString("t"u8, text);
            }

            payload.EndObject();
            using var json = JsonDocument.Parse(payload.Root.Raw.ToArray());
            Assert.Equal(text, json.RootElement.GetProperty("t").GetString());
        }
    }

    [Fact]
    public void Numbers_Containers_AndWhatIsNull_AreWrittenAsJson()
    {
        using var reader = new ModelStreamReader();
        ModelPayload payload = reader.StartPayload();
        payload.StartObject();
        payload.WriteNumber("least"u8, long.MinValue);
        payload.WriteNumber("none"u8, null);
        payload.WriteString("none"u8, (string?)null);
        payload.StartArray("list"u8);
        payload.StartObject();
        payload.EndObject();
        payload.StartObject();
        payload.WriteNumber("most"u8, long.MaxValue);
        payload.EndObject();
        payload.EndArray();
        payload.StartObject("inner"u8);
        payload.EndObject();
        payload.EndObject();
        Assert.Equal("""{"least":-9223372036854775808,"list":[{},{"most":9223372036854775807}],"inner":{}}""", Encoding.UTF8.GetString(payload.Root.Raw));
        Assert.Equal(2, payload.Root["list"u8].CountItems());
        Assert.True(payload.Root["inner"u8].IsEmptyContainer);
    }

    [Fact]
    public void WhatIsNoPayload_IsRefused()
    {
        using var reader = new ModelStreamReader();
        Assert.Throws<InvalidOperationException>(reader.EndPayload);
        ModelPayload payload = reader.StartPayload();
        Assert.Throws<InvalidOperationException>(() => payload.WriteNumber("a"u8, 1));
        Assert.Throws<InvalidOperationException>(payload.EndObject);
        payload.StartObject();
        Assert.Throws<InvalidOperationException>(payload.StartObject);
        Assert.Throws<InvalidOperationException>(payload.EndArray);
        Assert.Throws<InvalidOperationException>(reader.EndPayload);
        payload.EndObject();
        Assert.Throws<InvalidOperationException>(payload.StartObject);
        payload = reader.StartPayload();
        payload.StartObject();
        for (int depth = 1; depth < 16; depth++)
        {
            payload.StartObject("a"u8);
        }

        Assert.Throws<InvalidOperationException>(() => payload.StartArray("a"u8));
    }

    [Fact]
    public void UnreadEvents_AndACompletedStream_AreNotWrittenOver()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        WriteText(reader.StartPayload(), "a");
        reader.EndPayload();
        Assert.Throws<InvalidOperationException>(reader.StartPayload);
        Assert.Throws<InvalidOperationException>(() => reader.AppendPayload("{}"u8));
        Drain(reader);
        reader.Complete();
        Drain(reader);
        Assert.Throws<InvalidOperationException>(reader.StartPayload);
        Assert.Throws<InvalidOperationException>(() => reader.AppendPayload("{}"u8));
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(reader.StartPayload);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void APayloadAmongBytes_EndsWhatTheNextFrameIsComparedWith(bool isWritten)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.Anthropic });
        Append(reader, """{"type":"message_start","message":{"id":"m","content":[]}}""", """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}""");
        Append(reader, Delta("{"), Delta(" "), Delta(" "));
        Assert.True(reader.IsComparing);
        if (isWritten)
        {
            ModelPayload payload = reader.StartPayload();
            payload.StartObject();
            payload.WriteString("type"u8, "message_stop"u8);
            payload.EndObject();
            reader.EndPayload();
        }
        else
        {
            reader.AppendPayload("""{"type":"message_stop"}"""u8);
        }

        Drain(reader);
        Append(reader, Delta("}"));
        Assert.Contains(AnomalyKind.EventAfterEnd, reader.Message.Anomalies.Select(anomaly => anomaly.Kind));

        static string Delta(string piece) => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{{{piece}}}"}}""";

        static void Append(ModelStreamReader reader, params string[] payloads)
        {
            reader.Append(ModelRun.Sse(payloads));
            Drain(reader);
        }
    }

    [Fact]
    public void APayloadWithoutFraming_IsRead_OneThatIsNoJson_IsReported()
    {
        using var reader = new ModelStreamReader();
        reader.AppendPayload("""{"choices":[{"index":0,"delta":{"content":"hi"}}]}"""u8);
        Drain(reader);
        reader.AppendPayload("{"u8);
        Drain(reader);
        Assert.Equal("hi", reader.Message.Items.Single().GetText());
        Assert.Contains(AnomalyKind.MalformedFrame, reader.Message.Anomalies.Select(anomaly => anomaly.Kind));
        Assert.Equal(ModelProtocol.OpenAIChat, reader.Recognition.Protocol);
    }

    [Fact]
    public void AReader_IsReusedForBytes_AndThenMissesTheirEnd()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        WriteText(reader.StartPayload(), "a");
        reader.EndPayload();
        Drain(reader);
        reader.Complete();
        Drain(reader);
        Assert.DoesNotContain(AnomalyKind.MissingTerminator, reader.Message.Anomalies.Select(anomaly => anomaly.Kind));
        reader.Reset();
        Assert.Contains(AnomalyKind.MissingTerminator, ModelRun.Of(reader, ModelRun.Sse("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""")).Anomalies);
    }

    private static void WriteCall(ModelPayload payload, string id, string name, ReadOnlySpan<byte> arguments)
    {
        payload.StartObject();
        payload.StartArray("choices"u8);
        payload.StartObject();
        payload.StartObject("delta"u8);
        payload.StartArray("tool_calls"u8);
        payload.StartObject();
        payload.WriteNumber("index"u8, 0);
        payload.WriteString("id"u8, id);
        payload.StartObject("function"u8);
        payload.WriteString("name"u8, name);
        payload.WriteString("arguments"u8, arguments);
        payload.EndObject();
        payload.EndObject();
        payload.EndArray();
        payload.EndObject();
        payload.EndObject();
        payload.EndArray();
        payload.EndObject();
    }

    private static void WriteText(ModelPayload payload, string text)
    {
        payload.StartObject();
        payload.StartArray("choices"u8);
        payload.StartObject();
        payload.StartObject("delta"u8);
        payload.WriteString("content"u8, text);
        payload.EndObject();
        payload.EndObject();
        payload.EndArray();
        payload.EndObject();
    }

    private static void Drain(ModelStreamReader reader)
    {
        while (reader.TryRead(out _))
        {
        }
    }
}
