using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Input;

/// <summary>
/// Cuts a stream into chunks: an outer loop awaits a read, an inner one takes the chunks that it brought.
/// </summary>
/// <remarks>
/// A chunk is handed out as soon as its bytes are there, so that a slow source is seen as it comes. With a chunk size every chunk but
/// the last has exactly that size, wherever the reads end; without one, a chunk is what a read brought.
/// </remarks>
internal sealed class ChunkReader(string name, Stream stream, int? chunkSize) : IDisposable
{
    /// <summary>How much is asked for at once.</summary>
    public const int ReadSize = 64 * 1024;

    private byte[] _buffer = new byte[ReadSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Reads more; false when there is nothing more to take.</summary>
    /// <exception cref="InputException">The stream cannot be read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isAtEnd)
        {
            return false;
        }

        MakeRoom();
        int read;
        try
        {
            read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{name}' cannot be read: {exception.Message}", exception);
        }

        _end += read;
        _isAtEnd = read == 0;
        return !_isAtEnd || _start < _end;
    }

    /// <summary>Takes the next chunk of what was read; it is valid until the next read.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> chunk)
    {
        int available = _end - _start;
        int size = chunkSize is int wanted && (wanted <= available || !_isAtEnd) ? wanted : available;
        if (size == 0 || size > available)
        {
            chunk = default;
            return false;
        }

        chunk = _buffer.AsMemory(_start, size);
        _start += size;
        return true;
    }

    public void Dispose() => stream.Dispose();

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, 2L * _buffer.Length));
        }
    }
}
