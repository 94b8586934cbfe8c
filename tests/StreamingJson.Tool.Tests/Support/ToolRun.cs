using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;

namespace StreamingJson.Tool.Tests;

/// <summary>One run of the tool, inside this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    // A value of the largest depth stands in a record, or in an operation of the patch in a record.
    private static readonly JsonDocumentOptions DeepRecords = new() { MaxDepth = 67 };

    /// <summary>The records: one JSON object a line, and nothing else.</summary>
    public IReadOnlyList<JsonElement> Records => [.. Lines.Select(line => JsonDocument.Parse(line, DeepRecords).RootElement)];

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>With nothing on standard input.</summary>
    public static Task<ToolRun> OfAsync(params string[] args) => InvokeAsync(Stream.Null, args);

    public static Task<ToolRun> InvokeAsync(string input, params string[] args) => InvokeAsync(Encoding.UTF8.GetBytes(input), args);

    public static Task<ToolRun> InvokeAsync(byte[] input, params string[] args) => InvokeAsync(new MemoryStream(input), args);

    public static async Task<ToolRun> InvokeAsync(Stream input, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int exitCode = await ToolProgram.RunAsync(args, input, output, error);
        return new ToolRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public static string[] Keys(JsonElement record) => [.. record.EnumerateObject().Select(property => property.Name)];

    /// <summary>Cuts a text by a <see cref="ChunkReader"/>, for its own tests.</summary>
    public static async Task<List<string>> CutAsync(Stream stream, int? chunkSize)
    {
        using var reader = new ChunkReader("-", stream, chunkSize);
        List<string> chunks = [];
        while (await reader.ReadAsync(default))
        {
            while (reader.TryTake(out ReadOnlyMemory<byte> chunk))
            {
                chunks.Add(Encoding.UTF8.GetString(chunk.Span));
            }
        }

        return chunks;
    }
}
