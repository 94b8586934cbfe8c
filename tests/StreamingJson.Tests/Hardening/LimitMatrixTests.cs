using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tests.Laws;
using StreamingJson.Tests.Pipelines;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// The cells of law 11 that are asynchronous: each limit, one below it, at it and beyond it, from a pipe and from a stream, in segments of any
/// size: the same verdict at the same offset as for one span. (<see cref="Law11_LimitsAreRefusals"/> has the synchronous ones.)
/// </summary>
public class LimitMatrixTests
{
    private const int Limit = 40;

    private static readonly StreamingJsonOptions Options = new()
    {
        Limits = new() { MaxDepth = Limit, MaxNameBytes = Limit, MaxStringBytes = Limit, MaxNumberBytes = Limit },
    };

    private static readonly int[] Sizes = [1, 3, Limit, 1000];

    [Theory]
    [MemberData(nameof(Law11_LimitsAreRefusals.Cases), MemberType = typeof(Law11_LimitsAreRefusals))]
    public async Task EachLimit_FromAPipeAndFromAStream(JsonErrorCode code, string name, Func<int, string> text, int offset)
    {
        Assert.NotEmpty(name);
        foreach (int length in new[] { Limit - 1, Limit, Limit + 1, 3 * Limit })
        {
            bool isBeyond = length > Limit;
            await AssertAsync(Encoding.UTF8.GetBytes(text(length)), Options, isBeyond ? code : JsonErrorCode.None, isBeyond ? offset : -1);
        }
    }

    [Theory]
    [InlineData("[\"", "x", "\"]")]
    [InlineData("", " ", "0 ")]
    [InlineData("[0", ",0", "]")]
    public async Task TheDocumentLimit_FromAPipeAndFromAStream(string start, string piece, string end)
    {
        byte[] text = SampleTexts.Repeat(start, piece, 8 * Limit, end);
        foreach (int excess in new[] { -1, 0, 1, 50 })
        {
            StreamingJsonOptions options = new() { Limits = new JsonLimits { MaxDocumentBytes = text.Length - excess } };
            await AssertAsync(text, options, excess > 0 ? JsonErrorCode.DocumentLimit : JsonErrorCode.None, excess > 0 ? text.Length - excess : -1);
        }
    }

    private static async Task AssertAsync(byte[] text, StreamingJsonOptions options, JsonErrorCode code, int offset)
    {
        Verdict expected = Run.Of(text, Chunking.Whole, Entrance.Span, options).Verdict;
        Assert.Equal((code, (long)offset), (expected.Code, expected.Offset));
        foreach (int size in Sizes)
        {
            foreach (Func<StreamingJsonParser, Task> read in Readings(text, size))
            {
                using var parser = new StreamingJsonParser(options);
                await read(parser);
                Assert.Equal(expected, Verdict.Of(parser));
            }
        }
    }

    private static IEnumerable<Func<StreamingJsonParser, Task>> Readings(byte[] text, int size)
    {
        yield return parser => parser.ReadToEndAsync(Scripted(text, size));
        yield return parser => parser.ReadToEndAsync(new MemoryStream(text));
        yield return parser => parser.ReadToEndAsync(PipeReader.Create(new MemoryStream(text), new StreamPipeReaderOptions(bufferSize: size, minimumReadSize: 1)));
        yield return async parser =>
        {
            Exception? thrown = await Record.ExceptionAsync(async () =>
            {
                await foreach (JsonEvent e in parser.ReadEventsAsync(Scripted(text, size)))
                {
                    _ = e.Kind;
                }
            });
            Assert.Equal(parser.Outcome == JsonOutcome.Complete, thrown is null);
            Assert.True(thrown is null or StreamingJsonException);
        };
    }

    private static ScriptedPipeReader Scripted(byte[] text, int size)
    {
        var reader = new ScriptedPipeReader();
        foreach (byte[][] read in text.Chunk(size).Chunk(5))
        {
            reader.Then(isCanceled: false, isCompleted: false, read);
        }

        return reader.ThenEnd();
    }
}
