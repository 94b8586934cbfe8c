using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Commands;

/// <summary><c>calls</c>: a model's stream as one event stream, whoever sent it, or as the message that came of it.</summary>
internal sealed class CallsCommand : FileCommand
{
    private const int MeasuredPasses = 3;

    private const string HelpNotes = """
        Example:
          streamingjson calls --final response.sse

        One line an event:
          {"event":"message_started","id","model"}
          {"event":"text_delta|reasoning_delta|refusal_delta","index","choice","text"}
          {"event":"tool_call_started","index","choice","id","name"}
          {"event":"arguments_delta","index","choice","text"}
          {"event":"tool_call_ended","index","choice","id","name","outcome","arguments_state","safe_to_execute","reasons"}
          {"event":"finished","choice","reason","finish_reason"}
          {"event":"usage","usage"}   {"event":"error","code","message"}   {"event":"anomaly","kind","detail","index","choice"}
          {"event":"stream_ended","outcome","protocol","protocol_reason","framing","framing_reason"}
        With several files each line begins with a key "file". index is null where the provider numbers nothing.
        With --final one line a file:
          {"file","protocol","outcome","finish_reason","items","usage","anomalies":[{"kind","detail"}]}
        with items {"kind":"text|reasoning|refusal","index","choice","text"} and
        {"kind":"tool_call","index","choice","id","name","arguments","arguments_state","safe_to_execute","reasons"}.
        With --report, for people, a table: a row a file with times, rates, anomalies and calls, and a summary; of a single file
        also when and where each value of the arguments began and completed. With --report --json one line a file:
          {"file","protocol","outcome","bytes","deltas","first_byte","first_delta","first_value","end",
           "between_deltas":{"p50","p95","max"},"bytes_per_second","output_tokens_per_second",
           "calls":{"open","complete","truncated","invalid","safe_to_execute"},"anomalies":{KIND:N},"unrecorded_paths","items"}
        with items {"kind","index","choice","deltas","bytes","started","wire_offset"}, and of calls also
        "name","outcome","safe_to_execute","ended" and
        "paths":[{"pointer","kind","started","offset","wire_offset","completed","end_offset","end_wire_offset"}], at most 1,000 of them.
        Times are in seconds since the start, and those of arrival; of a file, those of reading it. offset counts the bytes of the
        arguments, wire_offset those of the file, up to the event, line or message that brought it. Only times depend on --chunk.
        With --meters the last line of a file has also:
          "bytes" of the stream, "events", and "allocated": the least of three passes, after one more to warm up.
        Besides these nothing depends on --chunk.

        Exit code: 0 all complete, 2 any truncated or invalid, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<ModelProtocol?> _protocol = CommandOptions.Protocol(
        $"The dialect: {CommandOptions.ProtocolNames}. Default: auto, recognised from the stream.");

    private readonly Option<int?> _chunk = CommandOptions.Chunk();
    private readonly Option<bool> _final = new("--final") { Description = "One line a file: the whole message." };
    private readonly Option<bool> _report = new("--report") { Description = "What was measured, as a table: times, rates, anomalies, calls." };
    private readonly Option<bool> _json = new("--json") { Description = "With --report: one JSON line a file, and not a table." };
    private readonly List<(string File, StreamReport Report)> _reports = [];
    private readonly Option<bool> _meters = new("--meters") { Description = "Add what it cost: bytes, events, bytes allocated." };

    public CallsCommand(ToolConsole console)
        : base(console, "calls", "Reads a model's stream: text, reasoning and tool calls, with the verdict about each.", HelpNotes)
    {
        Add(_protocol);
        Add(_chunk);
        Add(_final);
        Add(_meters);
        Add(_report);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_report) && (result.GetValue(_final) || result.GetValue(_meters)))
            {
                result.AddError("--report goes with neither --final nor --meters.");
            }
            else if (result.GetValue(_json) && !result.GetValue(_report))
            {
                result.AddError("--json goes with --report.");
            }
        });
    }

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        bool isReport = run.Arguments.GetValue(_report);
        bool hasPaths = run.Arguments.GetValue(_json) || !run.HasSeveralFiles;
        using var reader = new ModelStreamReader(new ModelStreamOptions
        {
            Protocol = run.Arguments.GetValue(_protocol) ?? ModelProtocol.Auto,
            Report = isReport,
            Telemetry = hasPaths ? StreamTelemetryOptions.Default : new StreamTelemetryOptions { MaxPaths = 0 },
        });
        var pass = new Pass(reader, run, isReport ? PassOutput.None : run.Arguments.GetValue(_final) ? PassOutput.Final : PassOutput.Events, file.Name);
        int? chunkSize = run.Arguments.GetValue(_chunk);
        if (run.Arguments.GetValue(_meters))
        {
            byte[] content = await file.ReadAllAsync(run.CancellationToken);
            pass.Meters = new Meters(content.Length, Measure(reader, content, chunkSize ?? ChunkReader.ReadSize, out int events), events);
            reader.Reset();
            pass.Append(content, chunkSize ?? ChunkReader.ReadSize);
        }
        else
        {
            using ChunkReader chunks = file.Open(chunkSize);
            while (await chunks.ReadAsync(run.CancellationToken))
            {
                while (chunks.TryTake(out ReadOnlyMemory<byte> chunk))
                {
                    pass.Append(chunk.Span, chunk.Length);
                }

                run.Lines.Flush();
            }
        }

        pass.Complete();
        if (reader.Report is { } report)
        {
            Write(file, report, run);
        }

        Diagnose(file, reader.Message);
        return ExitCode.Of(reader.Message.Outcome);
    }

    protected override void End(ToolConsole console)
    {
        if (_reports.Count > 0)
        {
            using StreamWriter text = console.OpenText();
            new ReportTable(text, console.IsTerminal).Write(_reports);
        }
    }

    private void Write(InputFile file, StreamReport report, FileRun run)
    {
        if (!run.Arguments.GetValue(_json))
        {
            _reports.Add((file.Name, report));
            return;
        }

        ReportLines.Write(run.Lines.Begin(), file.Name, report);
        run.Lines.End();
    }

    private void Diagnose(InputFile file, ModelMessage message)
    {
        foreach (ModelError error in message.Errors)
        {
            Diagnose(file, $"The provider reported an error: {error.Code} {error.Message}".TrimEnd());
        }

        if (message.Outcome != JsonOutcome.Complete)
        {
            Diagnose(file, $"The stream is {OutputNames.Of(message.Outcome)}.");
        }
    }

    // As in check: the runtime bills compiling hot code to the thread that runs it.
    private static long Measure(ModelStreamReader reader, ReadOnlySpan<byte> content, int chunkSize, out int events)
    {
        events = Read(reader, content, chunkSize);
        long least = long.MaxValue;
        for (int i = 0; i < MeasuredPasses; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Read(reader, content, chunkSize);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static int Read(ModelStreamReader reader, ReadOnlySpan<byte> content, int chunkSize)
    {
        reader.Reset();
        int events = 0;
        while (!content.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = content[..Math.Min(chunkSize, content.Length)];
            reader.Append(chunk);
            events += Drain(reader);
            content = content[chunk.Length..];
        }

        reader.Complete();
        return events + Drain(reader);
    }

    private static int Drain(ModelStreamReader reader)
    {
        int events = 0;
        while (reader.TryRead(out _))
        {
            events++;
        }

        return events;
    }

    private sealed record Meters(long Bytes, long Allocated, int Events)
    {
        public void Write(Utf8JsonWriter line)
        {
            line.WriteNumber("bytes", Bytes);
            line.WriteNumber("events", Events);
            line.WriteNumber("allocated", Allocated);
        }
    }

    private enum PassOutput
    {
        Events,
        Final,
        None,
    }

    /// <summary>One file, read and written.</summary>
    private sealed class Pass(ModelStreamReader reader, FileRun run, PassOutput output, string name)
    {
        public Meters? Meters { get; set; }

        public void Append(ReadOnlySpan<byte> content, int chunkSize)
        {
            while (!content.IsEmpty)
            {
                ReadOnlySpan<byte> chunk = content[..Math.Min(chunkSize, content.Length)];
                reader.Append(chunk);
                Drain();
                content = content[chunk.Length..];
            }
        }

        public void Complete()
        {
            reader.Complete();
            Drain();
            if (output == PassOutput.Final)
            {
                Utf8JsonWriter line = run.Lines.Begin();
                FinalMessageWriter.WriteProperties(line, reader, name);
                Meters?.Write(line);
                run.Lines.End();
            }
        }

        private void Drain()
        {
            while (reader.TryRead(out ModelEvent next))
            {
                if (output == PassOutput.Events)
                {
                    Utf8JsonWriter line = run.Lines.Begin();
                    ModelEventLines.Write(line, run.HasSeveralFiles ? name : null, next, reader);
                    if (next.Kind == ModelEventKind.StreamEnded)
                    {
                        Meters?.Write(line);
                    }

                    run.Lines.End();
                }
            }
        }
    }
}
