using System;
using System.Text;
using StreamingJson.Tests.Support;

namespace StreamingJson.Tests.Hardening;

/// <summary>Texts that never end, given to both parsers until each refused its own or has had enough. Runs under a hard limit of the heap.</summary>
internal static class EndlessInput
{
    private const int MiB = 1 << 20;

    /// <summary>What is kept, the tape included, is bounded by the limit of the document; the arrays of one growing are a small multiple.</summary>
    private static readonly StreamingJsonOptions Keeping = new() { SkipComments = true, Limits = new JsonLimits { MaxDocumentBytes = 2 * MiB } };

    /// <summary>Without a tape a document may be as long as it likes.</summary>
    private static readonly StreamingJsonOptions Endless = new() { SkipComments = true, Limits = new JsonLimits { MaxDocumentBytes = long.MaxValue } };

    private static readonly (string Name, string Start, string Piece)[] Kinds =
    [
        ("string", "\"", "some text "),
        ("escaped string", "[\"", "\\n\\u00e9\\ud83d\\ude00"),
        ("name", "{\"", "name"),
        ("escaped name", "{\"", "\\u006e"),
        ("number", "", "1234567890"),
        ("exponent", "[1e", "00000"),
        ("arrays", "", "["),
        ("objects", "", "{\"a\":"),
        ("whitespace", "", " \n\t\r"),
        ("comment", "/*", " * "),
        ("comments", "", "//x\n"),
        ("items", "[0", ",0"),
        ("empty items", "[[]", ",{},[]"),
        ("members", "{\"a\":0", ",\"a\":0"),
        ("strings", "[\"\"", ",\"x\\n\""),
        ("literals", "[null", ",true,false"),
    ];

    public static int Run()
    {
        foreach ((string name, string start, string piece) in Kinds)
        {
            // The line is begun first, so that it can be seen what it was that killed the process.
            Console.Write($"{name}: ");
            Console.WriteLine($"{OfTheTape(start, piece, 32 * MiB)} {OfTheEvents(start, piece, 64 * MiB)}");
        }

        return 0;
    }

    private static string OfTheTape(string start, string piece, int bytes)
    {
        using var parser = new StreamingJsonParser(Keeping);
        parser.TryAppend(Encoding.UTF8.GetBytes(start));
        byte[] chunk = Chunk(piece);
        for (int given = 0; given < bytes; given += chunk.Length)
        {
            parser.TryAppend(chunk);
        }

        return (parser.Error?.Code ?? JsonErrorCode.None).ToString();
    }

    private static string OfTheEvents(string start, string piece, int bytes)
    {
        using var parser = new JsonEventParser<SilentHandler>(default, Endless);
        parser.TryAppend(Encoding.UTF8.GetBytes(start));
        byte[] chunk = Chunk(piece);
        for (int given = 0; given < bytes; given += chunk.Length)
        {
            parser.TryAppend(chunk);
        }

        return (parser.Error?.Code ?? JsonErrorCode.None).ToString();
    }

    private static byte[] Chunk(string piece)
    {
        var text = new StringBuilder();
        while (text.Length < 60_000)
        {
            text.Append(piece);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
