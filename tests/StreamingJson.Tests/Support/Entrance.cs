using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Unicode;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>One of the ways into a <see cref="StreamingJsonParser"/>; each must give the same as every other.</summary>
public sealed class Entrance
{
    private readonly string _name;
    private readonly Func<byte[], Chunking, IEnumerable<Func<StreamingJsonParser, bool>>> _steps;

    private Entrance(string name, Func<byte[], Chunking, IEnumerable<Func<StreamingJsonParser, bool>>> steps)
    {
        _name = name;
        _steps = steps;
    }

    public static Entrance Span { get; } = OfBytes("span", (parser, chunk) => parser.TryAppend(chunk.Span));

    public static Entrance Sequence { get; } = OfBytes("sequence", (parser, chunk) => parser.TryAppend(Segments.Of(chunk)));

    public static Entrance BufferWriter { get; } = OfBytes("buffer writer", (parser, chunk) => Accepts(() => Write(parser, chunk)));

    /// <summary>UTF-16 code units; the chunks are cut in these, so that a surrogate pair may be split.</summary>
    public static Entrance Chars { get; } = new("chars", CharSteps);

    public static IReadOnlyList<Entrance> All { get; } = [Span, Sequence, BufferWriter, Chars];

    /// <summary>Whether the bytes can come this way: what is not UTF-8 has no chars.</summary>
    public bool Takes(byte[] text) => this != Chars || Utf8.IsValid(text);

    /// <summary>One step for each chunk, to be run before the next is asked for; false when the text is invalid.</summary>
    public IEnumerable<Func<StreamingJsonParser, bool>> Steps(byte[] text, Chunking chunking) => _steps(text, chunking);

    public override string ToString() => _name;

    /// <summary>Whether an operation that throws for an invalid text did not.</summary>
    public static bool Accepts(Action append)
    {
        ArgumentNullException.ThrowIfNull(append);
        try
        {
            append();
            return true;
        }
        catch (StreamingJsonException)
        {
            return false;
        }
    }

    /// <summary>A text as chars, cut as bytes would be.</summary>
    public static IEnumerable<ReadOnlyMemory<char>> CharChunks(byte[] text, Chunking chunking)
    {
        ArgumentNullException.ThrowIfNull(chunking);
        string chars = Encoding.UTF8.GetString(text);
        int start = 0;
        foreach (ReadOnlyMemory<byte> piece in chunking.Split(new byte[chars.Length]))
        {
            yield return chars.AsMemory(start, piece.Length);
            start += piece.Length;
        }
    }

    private static Entrance OfBytes(string name, Func<StreamingJsonParser, ReadOnlyMemory<byte>, bool> append) =>
        new(name, (text, chunking) => ByteSteps(text, chunking, append));

    private static IEnumerable<Func<StreamingJsonParser, bool>> ByteSteps(
        byte[] text, Chunking chunking, Func<StreamingJsonParser, ReadOnlyMemory<byte>, bool> append)
    {
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            yield return parser => append(parser, chunk);
        }
    }

    private static IEnumerable<Func<StreamingJsonParser, bool>> CharSteps(byte[] text, Chunking chunking)
    {
        foreach (ReadOnlyMemory<char> chunk in CharChunks(text, chunking))
        {
            yield return parser => parser.TryAppend(chunk.Span);
        }
    }

    private static void Write(StreamingJsonParser parser, ReadOnlyMemory<byte> chunk)
    {
        if (parser.Outcome == JsonOutcome.Invalid)
        {
            parser.Advance(0); // throws, as GetSpan would, and is an operation like the others
        }

        // There may be less space than asked for, but only for a text that is refused with the first piece of it.
        ReadOnlySpan<byte> rest = chunk.Span;
        do
        {
            Span<byte> free = parser.GetSpan(rest.Length);
            int count = Math.Min(free.Length, rest.Length);
            rest[..count].CopyTo(free);
            parser.Advance(count);
            rest = rest[count..];
        }
        while (!rest.IsEmpty);
    }
}
