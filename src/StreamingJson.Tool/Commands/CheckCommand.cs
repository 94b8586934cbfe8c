using System;
using System.CommandLine;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Commands;

/// <summary><c>check</c>: the verdict about each file, and what it cost.</summary>
internal sealed class CheckCommand : FileCommand
{
    private const int MeasuredPasses = 3;

    private const string HelpNotes = """
        Example:
          streamingjson check --meters order.json

        One line a file, all keys always there:
          {"file","outcome":"complete|truncated|invalid","bytes","offset","code","pointer"}
        bytes is the length of the input. offset, code and pointer are null when the outcome is complete; else they say
        where the text ended or stopped being JSON, why, and in which value (RFC 6901).
        With --meters also:
          "examined"   bytes that the parser looked at, each counted once for each time
          "allocated"  bytes allocated by the parse: the least of three passes over the content, after one more to warm up
        The input is then held in memory, and the default chunk is 64 KiB.

        Exit code: 0 all complete, 2 any truncated or invalid, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<int?> _chunk = CommandOptions.Chunk();
    private readonly TextOptions _text = new();
    private readonly Option<bool> _meters = new("--meters") { Description = "Add what the parse cost: bytes examined, bytes allocated." };

    public CheckCommand(ToolConsole console)
        : base(console, "check", "Says of each file whether it is a complete JSON text.", HelpNotes)
    {
        Add(_chunk);
        _text.AddTo(this);
        Add(_meters);
    }

    protected override StreamingJsonOptions ReadOptions(ParseResult arguments) => _text.Read(arguments);

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        StreamingJsonParser parser = run.Parser;
        int? chunkSize = run.Arguments.GetValue(_chunk);
        bool hasMeters = run.Arguments.GetValue(_meters);
        long allocated = 0;
        if (hasMeters)
        {
            byte[] content = await file.ReadAllAsync(run.CancellationToken);
            allocated = Measure(parser, content, chunkSize ?? ChunkReader.ReadSize);
        }
        else
        {
            await ParseAsync(parser, file, chunkSize, run.CancellationToken);
        }

        Utf8JsonWriter line = run.Lines.Begin();
        WriteVerdict(line, file, parser);
        if (hasMeters)
        {
            line.WriteNumber("examined", parser.Meters.BytesExamined);
            line.WriteNumber("allocated", allocated);
        }

        run.Lines.End();
        return ExitCode.Of(parser.Outcome);
    }

    private static void WriteVerdict(Utf8JsonWriter line, InputFile file, StreamingJsonParser parser)
    {
        StreamingJsonException? error = parser.Error;
        line.WriteString("file", file.Name);
        line.WriteString("outcome", OutputNames.Of(parser.Outcome));
        line.WriteNumber("bytes", parser.Meters.BytesReceived);
        if (error is null)
        {
            line.WriteNull("offset");
            line.WriteNull("code");
            line.WriteNull("pointer");
        }
        else
        {
            line.WriteNumber("offset", error.ByteOffset);
            line.WriteString("code", OutputNames.Of(error.Code));
            line.WriteString("pointer", error.Pointer);
        }
    }

    // Reads to the end also after an error: the length of the input does not depend on the chunks.
    private static async Task ParseAsync(StreamingJsonParser parser, InputFile file, int? chunkSize, CancellationToken cancellationToken)
    {
        using ChunkReader chunks = file.Open(chunkSize);
        while (await chunks.ReadAsync(cancellationToken))
        {
            while (chunks.TryTake(out ReadOnlyMemory<byte> chunk))
            {
                parser.TryAppend(chunk.Span);
            }
        }

        parser.Complete();
    }

    // The runtime bills compiling hot code to the thread that runs it: hence the least of several passes.
    private static long Measure(StreamingJsonParser parser, byte[] content, int chunkSize)
    {
        Parse(parser, content, chunkSize);
        long least = long.MaxValue;
        for (int pass = 0; pass < MeasuredPasses; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Parse(parser, content, chunkSize);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Parse(StreamingJsonParser parser, ReadOnlySpan<byte> content, int chunkSize)
    {
        parser.Reset();
        while (!content.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = content[..Math.Min(chunkSize, content.Length)];
            parser.TryAppend(chunk);
            content = content[chunk.Length..];
        }

        parser.Complete();
    }
}
