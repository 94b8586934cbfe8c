using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Input;

/// <summary>A file of the command line, or standard input.</summary>
internal sealed class InputFile(string name, ToolConsole console)
{
    /// <summary>What stands for standard input on the command line.</summary>
    public const string StandardInputName = "-";

    /// <summary>The name as the user wrote it.</summary>
    public string Name { get; } = name;

    /// <summary>Opens the input, to be read in chunks of a size, or as it comes.</summary>
    /// <exception cref="InputException">The file cannot be opened.</exception>
    public ChunkReader Open(int? chunkSize)
    {
        if (Name == StandardInputName)
        {
            return new ChunkReader(Name, console.Input, chunkSize);
        }

        try
        {
            var stream = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return new ChunkReader(Name, stream, chunkSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{Name}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <exception cref="InputException">The file cannot be opened or read.</exception>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        using ChunkReader chunks = Open(chunkSize: null);
        using var content = new MemoryStream();
        while (await chunks.ReadAsync(cancellationToken))
        {
            while (chunks.TryTake(out ReadOnlyMemory<byte> chunk))
            {
                content.Write(chunk.Span);
            }
        }

        return content.ToArray();
    }
}
