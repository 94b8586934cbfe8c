using System;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>The text of a string, in the pieces in which the reader finds it: all that there is, then what came since.</summary>
/// <param name="awaits">Those of the parser.</param>
/// <param name="path">The path of the string.</param>
/// <param name="make">What is made of a piece, while the document cannot go.</param>
internal sealed class TextAwait<T>(ParserAwaits awaits, PathPattern path, Func<ReadOnlyMemory<byte>, T> make) : EnumeratedAwait<T>(awaits, path)
{
    private int _taken;
    private int _bytesSeen;

    protected override bool Fits(TapeKind kind) => kind == TapeKind.String;

    protected override bool HasNews(LiveDocument document) => document.Json.Count != _bytesSeen;

    protected override Taken Take(in TapeView view, out T? part)
    {
        _bytesSeen = view.ByteCount;
        ref TapeRow row = ref view.Rows[Row];
        ReadOnlyMemory<byte> text = view.TextMemory(row);
        if (text.Length == _taken)
        {
            part = default;
            return view.IsClosed(row) ? Taken.End : Taken.Nothing;
        }

        part = make(text.Slice(_taken));
        _taken = text.Length;
        return Taken.Part;
    }
}
