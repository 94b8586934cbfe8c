using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using StreamingJson.Tests.Support;
using Xunit.Sdk;

namespace StreamingJson.Tests.TestKit;

/// <summary>All the ways in which a text of a few bytes should be cut in a test.</summary>
public static class Chunkings
{
    /// <summary>Up to this many bytes, every pair of cuts is tried too: 276 of them for the longest, and fewer in a quick run.</summary>
    public static readonly int PairsUpTo = PropertySettings.IsQuick ? 10 : 24;

    /// <summary>Whole, byte by byte with and without empty chunks, padded, each single cut, and for a small text every pair of cuts.</summary>
    public static IEnumerable<Chunking> Of(byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        yield return Chunking.Whole;
        yield return Chunking.Whole.Padded();
        yield return Chunking.Bytes;
        yield return Chunking.Bytes.Padded();
        yield return Chunking.BytesAndEmpty;
        for (int cut = 1; cut < text.Length; cut++)
        {
            yield return Chunking.At(cut);
        }

        if (text.Length > PairsUpTo)
        {
            yield break;
        }

        for (int first = 1; first < text.Length; first++)
        {
            for (int second = first + 1; second < text.Length; second++)
            {
                yield return Chunking.At(first, second);
            }
        }
    }

    /// <summary>The same, each presented in the middle of garbage.</summary>
    public static IEnumerable<Chunking> PaddedOf(byte[] text) => Of(text).Where(c => !c.IsPadded).Select(c => c.Padded());

    public static IEnumerable<Chunking> Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}

/// <summary>Theory rows (<c>string text, Chunking chunking</c>): each text, cut in all the ways of <see cref="Chunkings.Of(byte[])"/>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ChunkedDataAttribute(params string[] texts) : DataAttribute
{
    public IReadOnlyList<string> Texts { get; } = texts;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from text in Texts
        from chunking in Chunkings.Of(text)
        select new object[] { text, chunking };
}
