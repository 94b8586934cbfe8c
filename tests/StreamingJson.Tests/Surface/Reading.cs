using System;
using System.Text;

namespace StreamingJson.Tests.Surface;

/// <summary>Short ways to a parser, a snapshot, an element of a text that is still open.</summary>
internal static class Reading
{
    public static StreamingJsonParser Append(string json, StreamingJsonOptions? options = null)
    {
        var parser = new StreamingJsonParser(options ?? StreamingJsonOptions.Default);
        parser.Append(Encoding.UTF8.GetBytes(json));
        return parser;
    }

    /// <summary>The snapshot after these bytes; the end is not declared.</summary>
    public static JsonSnapshot Snapshot(string json, StreamingJsonOptions? options = null) => Append(json, options).Snapshot;

    /// <summary>The root after these bytes; the end is not declared.</summary>
    public static PartialJsonElement Root(string json, StreamingJsonOptions? options = null) => Snapshot(json, options).RootElement;

    /// <summary>The root of a whole text.</summary>
    public static PartialJsonElement Whole(string json, StreamingJsonOptions? options = null)
    {
        StreamingJsonParser parser = Append(json, options);
        parser.EnsureComplete();
        return parser.Snapshot.RootElement;
    }

    /// <summary>What the text is refused for, and where.</summary>
    public static (JsonErrorCode Code, long Offset)? Refusal(string json, StreamingJsonOptions? options = null)
    {
        using var parser = new StreamingJsonParser(options ?? StreamingJsonOptions.Default);
        return parser.TryAppend(Encoding.UTF8.GetBytes(json)) ? null : (parser.Error!.Code, parser.Error!.ByteOffset);
    }

    public static string Utf8(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
