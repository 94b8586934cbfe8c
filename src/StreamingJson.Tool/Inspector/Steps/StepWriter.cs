using System;
using System.Text.Json;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>
/// What the page knows of a stream: a step for each chunk that arrived, with the frames and events that it completed. Applied in order, the
/// steps give every state that the stream was ever in; whoever makes them is the only one who judges.
/// </summary>
/// <remarks>
/// <code>
/// {"record":"step","at":0.25,"bytes":812,"events":[...],"frames":[...],"times":{...}}
/// {"record":"end","at":1.5,"bytes":2048,"end":"completed","events":[...],"frames":[...],"times":{...},"outcome":"complete"}
/// </code>
/// <c>at</c> is in seconds since the start, <c>bytes</c> how many there were by then. Events are the records of <c>calls</c>; those of an item
/// have its number, <c>item</c>, and with each delta of JSON what it changed, see <see cref="ValueChanges"/>. One instance reads one stream.
/// </remarks>
internal abstract class StepWriter : IDisposable
{
    /// <summary>How many bytes were taken.</summary>
    protected long Received { get; private set; }

    /// <summary>A writer for a stream that is to be read so.</summary>
    public static StepWriter Create(StreamShape shape, ModelProtocol protocol, string? contentType) =>
        shape.IsModelStream ? new ModelSteps(protocol, contentType) : new DocumentSteps();

    /// <summary>Writes the step of a chunk.</summary>
    public void Append(in TimedChunk chunk, Utf8JsonWriter line)
    {
        Received += chunk.Bytes.Length;
        WriteStart(line, "step", chunk.At);
        WriteStep(chunk, line);
        line.WriteEndObject();
    }

    /// <summary>Writes the last record.</summary>
    public void Complete(LogEnd end, TimeSpan at, string? reason, Utf8JsonWriter line)
    {
        WriteStart(line, "end", at);
        line.WriteString("end", OutputNames.Snake(end.ToString()));
        line.WriteString("reason", reason);
        WriteEnd(end, at, line);
        line.WriteEndObject();
    }

    public abstract void Dispose();

    /// <summary>Writes the properties of a step: events, frames, times.</summary>
    protected abstract void WriteStep(in TimedChunk chunk, Utf8JsonWriter line);

    /// <summary>Writes the properties of the end: events, frames, times, the outcome.</summary>
    protected abstract void WriteEnd(LogEnd end, TimeSpan at, Utf8JsonWriter line);

    private void WriteStart(Utf8JsonWriter line, string record, TimeSpan at)
    {
        line.WriteStartObject();
        line.WriteString("record", record);
        ReportLines.WriteSeconds(line, "at", at);
        line.WriteNumber("bytes", Received);
    }
}
