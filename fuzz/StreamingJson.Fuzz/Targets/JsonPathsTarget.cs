using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Paths;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Path patterns: of a text that grows each selects what a naive evaluation over the whole tree selects, and is told of it once.</summary>
/// <remarks>The document is a line and a text. The line is queries (<see cref="PathQueryBytes"/>), or, by flag, a pattern as it is written.</remarks>
internal sealed class JsonPathsTarget() : FuzzTarget("json-paths", "path patterns select what RFC 9535 over the whole tree selects; each value begins and completes once, however the text is cut")
{
    private const int IsPatternText = 1;

    private const PathEventKinds AllKinds = PathEventKinds.Started | PathEventKinds.TextDelta | PathEventKinds.Completed;

    public override int MaxLength => 320;

    public override void Run(FuzzInput input)
    {
        int lineEnd = Array.IndexOf(input.Document, (byte)'\n');
        ReadOnlySpan<byte> line = input.Document.AsSpan(0, Math.Max(lineEnd, 0));
        byte[] text = input.Document[(lineEnd + 1)..];
        PathQuery[] queries = [];
        PathPattern[] patterns;
        if (input.Has(IsPatternText))
        {
            patterns = TryRead(Encoding.UTF8.GetString(line)) is { } pattern ? [pattern] : [];
        }
        else
        {
            queries = PathQueryBytes.Decode(line);
            patterns = [.. queries.Select(query => PathPattern.Parse(query.ToString()))];
        }

        if (patterns.Length > 0)
        {
            Walk(patterns, queries, text, input.Chunking);
        }
    }

    private static PathPattern? TryRead(string text)
    {
        if (!PathPattern.TryParse(text, out PathPattern? pattern, out PathPatternException? error))
        {
            Assert.InRange(error.Position, 0, text.Length);
            return null;
        }

        string canonical = pattern.ToString();
        Assert.Equal(canonical, PathPattern.Parse(canonical).ToString());
        return pattern;
    }

    private static void Walk(PathPattern[] patterns, PathQuery[] queries, byte[] text, Chunking chunking)
    {
        using var parser = new StreamingJsonParser();
        var cursor = new PathCursor(patterns, _ => AllKinds);
        var told = new Log();
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            bool isValid = parser.TryAppend(chunk.Span);
            bool mayHaveNews = cursor.MayHaveNews(parser.Document);
            int before = told.Count;
            told.Read(parser, cursor);
            Assert.True(mayHaveNews || told.Count == before, "There was news, although there could be none.");
            if (!isValid)
            {
                break;
            }
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            told.Read(parser, cursor);
        }

        var late = new Log();
        late.Read(parser, new PathCursor(patterns, _ => AllKinds));
        Assert.Equal(late.ToString(), told.ToString());
        if (queries.Length > 0 && parser.Outcome == JsonOutcome.Complete && TryParse(text) is { } document)
        {
            using (document)
            {
                Judge(queries, document.RootElement, parser, told);
            }
        }
    }

    // Of a name that stands twice both values are selected, and a pointer does not tell them apart: such texts are only compared with themselves.
    private static JsonDocument? TryParse(byte[] text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // a byte order mark, half a surrogate pair in a name
        }
    }

    private static void Judge(PathQuery[] queries, JsonElement root, StreamingJsonParser parser, Log told)
    {
        JsonSnapshot snapshot = parser.Snapshot;
        for (int pattern = 0; pattern < queries.Length; pattern++)
        {
            List<(int Start, int End)> expected = [];
            foreach (string pointer in queries[pattern].Select(root))
            {
                Assert.True(snapshot.TryGetElement(pointer, out PartialJsonElement element));
                expected.Add(element.ByteRange);
                if (element.ValueKind == JsonValueKind.String)
                {
                    Assert.Equal(element.GetString(), told.TextOf(pattern, element.ByteRange.Start));
                }
            }

            Assert.Equal(expected.Select(range => range.Start), told.StartsOf(pattern, PathEventKinds.Started));
            Assert.Equal(expected.OrderBy(range => range.End).ThenByDescending(range => range.Start).Select(range => range.Start), told.StartsOf(pattern, PathEventKinds.Completed));
        }
    }

    /// <summary>What was told: beginnings and completions in their order, texts put together.</summary>
    private sealed class Log
    {
        private readonly List<(int Pattern, PathEventKinds Kind, int Start)> _events = [];
        private readonly Dictionary<(int Pattern, int Start), StringBuilder> _texts = [];

        /// <summary>How many events there were, those of text too.</summary>
        public int Count { get; private set; }

        public void Read(StreamingJsonParser parser, PathCursor cursor)
        {
            while (cursor.TryNext(parser.Document.View, out PathEvent next))
            {
                Count++;
                var element = new PartialJsonElement(parser.Document.View, next.Row);
                int start = element.ByteRange.Start;
                if (next.Kind != PathEventKinds.TextDelta)
                {
                    _events.Add((next.Pattern, next.Kind, start));
                    continue;
                }

                Assert.NotEqual(0, next.TextLength);
                if (!_texts.TryGetValue((next.Pattern, start), out StringBuilder? text))
                {
                    _texts.Add((next.Pattern, start), text = new StringBuilder());
                }

                text.Append(Encoding.UTF8.GetString(element.TextUtf8.Slice(next.TextStart, next.TextLength)));
            }
        }

        public string TextOf(int pattern, int start) => _texts.TryGetValue((pattern, start), out StringBuilder? text) ? text.ToString() : "";

        public IEnumerable<int> StartsOf(int pattern, PathEventKinds kind) => _events.Where(e => e.Pattern == pattern && e.Kind == kind).Select(e => e.Start);

        public override string ToString() =>
            string.Join('\n', _events.Select(e => $"{e.Pattern} {(int)e.Kind} {e.Start}").Concat(_texts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
    }
}
