using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace StreamingJson.Benchmarks;

/// <summary>How many bytes arrive at once; 0 stands for the whole document.</summary>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "Compared by the table's sorting alone.")]
public readonly record struct ChunkSize(int Bytes) : IComparable
{
    public static readonly ChunkSize Whole;

    public static IReadOnlyList<ChunkSize> All { get; } = [new(4), new(16), new(64), new(1024), Whole];

    public static ChunkSize Parse(string text) =>
        text.Equals("whole", StringComparison.OrdinalIgnoreCase) ? Whole
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0 ? new(bytes)
        : throw new UsageException($"'{text}' is no chunk size: give a number of bytes, or 'whole'.");

    /// <summary>The length of a full chunk of a document of <paramref name="length"/> bytes.</summary>
    public int For(int length) => Bytes == 0 ? length : Math.Min(Bytes, length);

    /// <summary>The number of chunks in a document of <paramref name="length"/> bytes.</summary>
    public int CountIn(int length) => length == 0 ? 0 : (length + For(length) - 1) / For(length);

    /// <summary>From small to whole: the order of the rows in a table.</summary>
    public int CompareTo(object? obj) => obj is ChunkSize other ? ((uint)Bytes - 1).CompareTo((uint)other.Bytes - 1) : 1;

    public override string ToString() => Bytes == 0 ? "whole" : Bytes.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Cuts a document, for <c>foreach</c>. A step is one slice of the span: nothing is stored per chunk, so that the cutting
/// does not show in what is measured.
/// </summary>
public readonly ref struct Chunks(ReadOnlySpan<byte> document, ChunkSize size)
{
    private readonly ReadOnlySpan<byte> _document = document;
    private readonly int _size = size.For(document.Length);

    public Enumerator GetEnumerator() => new(_document, _size);

    public ref struct Enumerator(ReadOnlySpan<byte> document, int size)
    {
        private ReadOnlySpan<byte> _rest = document;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            int length = Math.Min(size, _rest.Length);
            Current = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
