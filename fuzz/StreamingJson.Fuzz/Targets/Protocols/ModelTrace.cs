using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using StreamingJson.Tests.TestKit;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>One pass over a model's stream: each event as a line, and the message at the end, as lines. Enumerations are numbers: their names are slow to make.</summary>
internal sealed class ModelTrace
{
    private readonly StringBuilder _log = new();
    private readonly HashSet<ToolCall> _ended = [];
    private bool _isOver;

    private ModelTrace(ModelStreamReader reader) => Reader = reader;

    public ModelStreamReader Reader { get; }

    /// <summary>The visible text of all choices, in the order in which it came.</summary>
    public StringBuilder VisibleText { get; } = new();

    public IEnumerable<ToolCall> Calls => Reader.Message.Items.OfType<ToolCall>();

    public override string ToString() => _log.ToString();

    /// <summary>Reads a stream to its end. Of a WebSocket's framing, each line is a message.</summary>
    public static ModelTrace Of(ModelStreamReader reader, byte[] stream, Chunking chunking, bool isAborted)
    {
        var trace = new ModelTrace(reader);
        if (reader.Options.Framing == FrameFormat.Message)
        {
            foreach (byte[] message in Lines(stream))
            {
                trace.Append(message, chunking);
                reader.EndMessage();
                trace.Drain();
            }
        }
        else
        {
            trace.Append(stream, chunking);
        }

        if (isAborted)
        {
            reader.Abort();
        }
        else
        {
            reader.Complete();
        }

        trace.Drain();
        trace.AddMessage();
        return trace;
    }

    private static IEnumerable<byte[]> Lines(byte[] stream)
    {
        int start = 0;
        while (start < stream.Length)
        {
            int end = Array.IndexOf(stream, (byte)'\n', start);
            end = end < 0 ? stream.Length : end + 1;
            yield return stream[start..end];
            start = end;
        }
    }

    private void Append(byte[] part, Chunking chunking)
    {
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(part))
        {
            Reader.Append(chunk.Span);
            Drain();
        }
    }

    private void Drain()
    {
        while (Reader.TryRead(out ModelEvent next))
        {
            Assert.False(_isOver, "An event after the end of the stream.");
            Take(next);
        }
    }

    private void Take(in ModelEvent next)
    {
        string text = next.GetText();
        _log.Append((int)next.Kind).Append(' ').Append(next.Choice).Append(' ').Append(next.Item?.Index).Append(' ').Append((int)next.AnomalyKind);
        _log.Append(' ').Append((int)next.FinishReason).Append(' ').Append(next.Detail).Append(' ').Append(text).Append('\n');
        switch (next.Kind)
        {
            case ModelEventKind.TextDelta:
                VisibleText.Append(text);
                break;
            case ModelEventKind.ToolCallEnded:
                Assert.True(_ended.Add(next.ToolCall!), "A call ended twice.");
                Assert.NotEqual(ToolCallOutcome.Open, next.ToolCall!.Outcome);
                break;
            case ModelEventKind.StreamEnded:
                _isOver = true;
                break;
        }
    }

    private void AddMessage()
    {
        Assert.True(_isOver, "The stream never ended.");
        ModelMessage message = Reader.Message;
        _log.Append((int)message.Outcome).Append(' ').Append(message.Id).Append(' ').Append(message.Model).Append(' ').Append(Encoding.UTF8.GetString(message.UsageUtf8)).Append('\n');
        foreach (MessageItem item in message.Items)
        {
            _log.Append((int)item.Kind).Append(' ').Append(item.Choice).Append(' ').Append(item.Index).Append(' ').Append(item.GetText()).Append('\n');
            if (item is ToolCall call)
            {
                _log.Append(call.Id).Append(' ').Append(call.Name).Append(' ').Append((int)call.Outcome).Append(' ').Append((int)call.ArgumentsState).Append(' ');
                _log.Append((int)call.Reasons).Append(' ').Append(call.Arguments.Meters.Tokens).Append('\n');
            }
        }
    }
}
