using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>
/// With the leniencies too a prefix must have a continuation. What is accepted in the end is compared with System.Text.Json elsewhere; a
/// recogniser that was late to refuse would show here, as a prefix that nothing completes.
/// </summary>
public class RecognizerDeadEndTests
{
    private static readonly string[] TokenEnds =
    [
        "", "0", "\"", "rue", "ue", "e", "*/", "/", "/\n", "\n", "\\\"", "0000\"", "000\"", "00\"", "0\"",
        "\\uDC00\"", "uDC00\"", "DC00\"", "C00\"", "u0000\"", "0\\uDC00\"", "00\\uDC00\"",
    ];

    private static readonly string[] MemberEnds = ["", "0", ":0", "\"\":0"];

    [Theory]
    [InlineData("[],1/*\n", 5)]
    [InlineData("{}\":,/", 5)]
    [InlineData("{\"1:/*", 6)]
    [InlineData("1t[/{ ", 5)]
    public void Leniencies(string alphabet, int length) =>
        AssertNoDeadEnds(alphabet, "", length, new RecognizerOptions { SkipComments = true, AllowTrailingCommas = true, AllowMultipleValues = alphabet[0] == '1' });

    [Theory]
    [InlineData("\"\\uDd8C0n", "\"", 5)]
    [InlineData("\"\\uDd8C0n", "\"\\uD800", 5)]
    [InlineData("\"\\uDd8C0n", "{\"\\uD83D\\uDE00", 3)]
    public void UnpairedSurrogates(string alphabet, string start, int length) =>
        AssertNoDeadEnds(alphabet, start, length, new RecognizerOptions { RefuseUnpairedSurrogates = true });

    private static void AssertNoDeadEnds(string alphabet, string start, int length, RecognizerOptions options)
    {
        List<string> last = [start];
        for (int i = 0; i <= length; i++)
        {
            last = [.. last.Where(text => Recognize(text, options) != RecognizerOutcome.Invalid)];
            Assert.All(last, text => Assert.True(HasContinuation(text, options), text));
            last = [.. from text in last from letter in alphabet select text + letter];
        }
    }

    private static bool HasContinuation(string text, RecognizerOptions options)
    {
        IEnumerable<string> continuations =
            from closers in Closers(text.Count(c => c is '[' or '{'))
            from token in TokenEnds
            from member in MemberEnds
            select text + token + member + closers;
        return continuations.Any(whole => Recognize(whole, options) == RecognizerOutcome.Complete);
    }

    private static IEnumerable<string> Closers(int max)
    {
        List<string> last = [""];
        for (int i = 0; i <= max; i++)
        {
            foreach (string closers in last)
            {
                yield return closers;
            }

            last = [.. from closers in last from bracket in "]}" select closers + bracket];
        }
    }

    private static RecognizerOutcome Recognize(string text, RecognizerOptions options) =>
        JsonPushdownRecognizer.Recognize(Encoding.UTF8.GetBytes(text), options).Outcome;
}
