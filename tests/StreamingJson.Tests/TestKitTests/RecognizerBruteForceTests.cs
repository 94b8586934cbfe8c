using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>
/// All texts over a small alphabet: "viable" must mean that some continuation is accepted, "invalid" that none is, where the continuations
/// that are tried are every short one, and the directed ones that close any token and any brackets of texts this short.
/// </summary>
public class RecognizerBruteForceTests
{
    private static readonly byte[][] Tokens = Utf8("", "\"", "0", "\"\"", "rue", "alse", "ull", "ue", "lse", "ll", "e", "se", "l", "\\\"", "0000\"", "000\"", "00\"", "0\"");
    private static readonly byte[][] Members = Utf8("", ":0", ": 0", "\":0", "\"\":0", "0:0");

    [Theory]
    [InlineData("[]{}\",:10-.e ", 5)] // structure and numbers
    [InlineData("[],1 ", 7)]
    [InlineData("{}\":1,", 7)]
    [InlineData("01-+.eE", 7)]
    [InlineData("\"\\u0Fn\n", 7)] // escapes
    [InlineData("truefalsn", 6)]
    public void Prefix_MeansThatAContinuationIsAccepted_AndInvalidThatNoneIs(string letters, int maxLength)
    {
        byte[] alphabet = [.. letters.Distinct().Select(c => (byte)c)];
        byte[][][] continuations =
        [
            .. from brackets in Enumerable.Range(0, maxLength + 1)
               select (byte[][])[.. AllTexts(alphabet, 2), .. Directed(brackets)],
        ];
        Walk([], alphabet, maxLength, continuations);
    }

    [Theory]
    [InlineData("[]{}\",:10-.e t", 5)]
    [InlineData("01-+.eE ", 6)]
    public void Complete_IsWhatTheGrammarAccepts(string letters, int maxLength)
    {
        byte[] alphabet = [.. letters.Select(c => (byte)c)];
        foreach (byte[] text in AllTexts(alphabet, maxLength))
        {
            bool accepted = JsonPushdownRecognizer.Recognize(text).Outcome == RecognizerOutcome.Complete;
            if (accepted != Rfc8259Acceptor.Accepts(text))
            {
                Assert.Fail($"{Encoding.ASCII.GetString(text)}: recogniser says {accepted}");
            }
        }
    }

    /// <summary>Any end of a token, then of a member, then at most so many closing brackets.</summary>
    private static IEnumerable<byte[]> Directed(int maxBrackets) =>
        from token in Tokens
        from member in Members
        from closers in AllTexts("]}"u8.ToArray(), maxBrackets)
        select (byte[])[.. token, .. member, .. closers];

    /// <summary>Depth first over the viable texts; what extends an invalid text needs no look, because its own continuations had one.</summary>
    private static void Walk(byte[] text, byte[] alphabet, int maxLength, byte[][][] continuations)
    {
        RecognizerVerdict verdict = JsonPushdownRecognizer.Recognize(text);
        bool isViable = verdict.Outcome != RecognizerOutcome.Invalid;
        byte[]? continuation = FindContinuation(text, continuations[text.Count(b => b is (byte)'[' or (byte)'{')]);
        if (isViable != continuation is not null)
        {
            string found = continuation is null ? "no continuation is accepted" : $"'{Encoding.ASCII.GetString(continuation)}' continues it";
            Assert.Fail($"'{Encoding.ASCII.GetString(text)}' is {verdict}, but {found}");
        }

        if (!isViable)
        {
            Assert.Equal(text.Length - 1, verdict.ErrorOffset);
            return;
        }

        for (int i = 0; i < alphabet.Length && text.Length < maxLength; i++)
        {
            Walk([.. text, alphabet[i]], alphabet, maxLength, continuations);
        }
    }

    private static byte[]? FindContinuation(byte[] text, byte[][] continuations)
    {
        Span<byte> buffer = stackalloc byte[64];
        text.CopyTo(buffer);
        foreach (byte[] continuation in continuations)
        {
            continuation.CopyTo(buffer[text.Length..]);
            if (Rfc8259Acceptor.Accepts(buffer[..(text.Length + continuation.Length)]))
            {
                return continuation;
            }
        }

        return null;
    }

    private static IEnumerable<byte[]> AllTexts(byte[] alphabet, int maxLength)
    {
        var last = new List<byte[]> { Array.Empty<byte>() };
        yield return last[0];
        for (int length = 1; length <= maxLength; length++)
        {
            last = [.. from shorter in last from b in alphabet select (byte[])[.. shorter, b]];
            foreach (byte[] text in last)
            {
                yield return text;
            }
        }
    }

    private static byte[][] Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
