using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace StreamingJson.Fuzz.Engine;

/// <summary>
/// The input that is being run and what was done so far, in a memory-mapped file: it outlives a process that a stack overflow, a hang or a lack
/// of memory ends.
/// </summary>
/// <remarks>
/// <code>
///   0      8        16      24       32           40      48
///   runs | corpus | edges | features | findings | length | input ...      (i64 each, but the input)
/// </code>
/// </remarks>
internal sealed class CurrentInput : IDisposable
{
    private const int HeaderLength = 48;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _buffer = new byte[Capacity];

    private CurrentInput(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, HeaderLength + Capacity);
    }

    /// <summary>The longest input.</summary>
    public static int Capacity => 1 << 16;

    public static CurrentInput Open(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, HeaderLength + Capacity));

    public FuzzProgress Progress
    {
        get => new(_view.ReadInt64(0), _view.ReadInt64(8), _view.ReadInt64(16), _view.ReadInt64(24), _view.ReadInt64(32));
        set
        {
            _view.Write(8, value.Corpus);
            _view.Write(16, value.Edges);
            _view.Write(24, value.Features);
            _view.Write(32, value.Findings);
            _view.Write(0, value.Runs);
        }
    }

    /// <summary>Says what runs next.</summary>
    public void Set(ReadOnlySpan<byte> input)
    {
        input.CopyTo(_buffer);
        _view.Write(40, (long)0); // no process that ends in between leaves half an input
        _view.WriteArray(HeaderLength, _buffer, 0, input.Length);
        _view.Write(40, (long)input.Length);
    }

    public void CountRun(long runs) => _view.Write(0, runs);

    public byte[] Get()
    {
        var input = new byte[Math.Clamp(_view.ReadInt64(40), 0, Capacity)];
        _view.ReadArray(HeaderLength, input, 0, input.Length);
        return input;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}

/// <summary>How far a loop is.</summary>
internal readonly record struct FuzzProgress(long Runs, long Corpus, long Edges, long Features, long Findings);
