using System;
using System.Buffers;
using System.Collections.Generic;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Replaying;

/// <summary>A recorded answer as its provider sends it over HTTP.</summary>
/// <param name="File">The name of the file, as the user wrote it.</param>
/// <param name="Protocol">Whose answer it is; <see cref="ModelProtocol.Auto"/> where nobody's was recognised.</param>
/// <param name="Framing">How the body is divided.</param>
/// <param name="Body">The bytes that are sent.</param>
/// <param name="FrameEnds">Where the frames of the body end, ascending; the last is its length.</param>
internal sealed record ReplayRecording(string File, ModelProtocol Protocol, FrameFormat Framing, byte[] Body, IReadOnlyList<int> FrameEnds)
{
    /// <summary>The time from one frame to the next at speed 1: recordings hold none.</summary>
    public static readonly TimeSpan Interval = Demo.ModelRecording.Interval;

    /// <summary>The value of <c>Content-Type</c> that the provider sends.</summary>
    public string ContentType => Framing switch
    {
        FrameFormat.ServerSentEvents => "text/event-stream; charset=utf-8",
        FrameFormat.AwsEventStream => "application/vnd.amazon.eventstream",
        FrameFormat.NdJson => Protocol == ModelProtocol.CohereV1 ? "application/stream+json" : "application/x-ndjson",
        _ => "application/json; charset=utf-8",
    };

    /// <summary>Recognises a recording. Payloads that were kept as lines of JSON become the server-sent events that the provider sends.</summary>
    public static ReplayRecording Read(string file, byte[] content)
    {
        using var reader = new ModelStreamReader();
        reader.Append(content);
        reader.Complete();
        while (reader.TryRead(out _))
        {
        }

        ModelProtocol protocol = reader.Recognition.Protocol;
        FrameFormat framing = reader.Recognition.Framing ?? FrameFormat.ServerSentEvents;
        if (framing == FrameFormat.NdJson && SendsEvents(protocol))
        {
            framing = FrameFormat.ServerSentEvents;
            content = ToEvents(content, protocol);
        }

        return new ReplayRecording(file, protocol, framing, content, FindFrameEnds(content, framing));
    }

    /// <summary>The same as messages of a WebSocket: the body is what they carry, nothing between.</summary>
    public ReplayRecording ToMessages()
    {
        var body = new ArrayBufferWriter<byte>(Body.Length);
        List<int> ends = [];
        using var frames = new FrameReader(Framing, new FrameReaderOptions { MaxFrameBytes = FrameReaderOptions.LargestMaxFrameBytes, DeliverUnterminated = true });
        frames.Append(Body);
        frames.Complete();
        while (frames.TryRead(out Frame frame))
        {
            if (frame.Data.Length > 0)
            {
                body.Write(frame.Data);
                ends.Add(body.WrittenCount);
            }
        }

        return this with { Framing = FrameFormat.Message, Body = body.WrittenSpan.ToArray(), FrameEnds = ends };
    }

    private static bool SendsEvents(ModelProtocol protocol) => protocol is
        ModelProtocol.OpenAIChat or ModelProtocol.OpenAIResponses or ModelProtocol.OpenAIAssistants or ModelProtocol.OpenAICompletions or ModelProtocol.Anthropic or
        ModelProtocol.Gemini or ModelProtocol.GeminiInteractions or ModelProtocol.CohereV2 or ModelProtocol.UIMessageStream or ModelProtocol.AgUI;

    private static byte[] ToEvents(byte[] lines, ModelProtocol protocol)
    {
        var events = new ArrayBufferWriter<byte>(lines.Length * 2);
        bool isNamed = protocol is ModelProtocol.OpenAIResponses or ModelProtocol.Anthropic;
        using var frames = new FrameReader(FrameFormat.NdJson, new FrameReaderOptions { DeliverUnterminated = true });
        frames.Append(lines);
        frames.Complete();
        while (frames.TryRead(out Frame frame))
        {
            ServerSentEventWriter.WriteEvent(events, frame.Data, isNamed ? EventType.Of(frame.Data) : default);
        }

        if (protocol is ModelProtocol.OpenAIChat or ModelProtocol.OpenAICompletions or ModelProtocol.UIMessageStream)
        {
            ServerSentEventWriter.WriteEvent(events, "[DONE]"u8);
        }

        return events.WrittenSpan.ToArray();
    }

    private static List<int> FindFrameEnds(byte[] body, FrameFormat framing)
    {
        List<int> ends = [];
        using var frames = new FrameReader(framing, new FrameReaderOptions { MaxFrameBytes = FrameReaderOptions.LargestMaxFrameBytes });
        frames.Append(body);
        while (frames.TryRead(out Frame frame))
        {
            ends.Add((int)frame.EndOffset);
        }

        // What is behind the last frame goes with it: [DONE] without its blank line, the bracket of an array, garbage.
        if (ends.Count > 0)
        {
            ends[^1] = body.Length;
        }
        else
        {
            ends.Add(body.Length);
        }

        return ends;
    }
}
