using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Nothing that merely parses is complete, and nothing that was cut is safe.</summary>
public sealed class CompletionTests
{
    private const string Arguments = """{"city":"Turku \"x\" 😀","days":[1,22,-0.5e3],"deep":{"a":{"b":null}},"ok":true}""";

    public static TheoryData<string> Fixtures => Fixture.Some;

    [Fact]
    public void ArgumentsThatAreWholeSoFar_AreNotComplete()
    {
        using var reader = new ModelStreamReader();
        reader.Append(ModelRun.Sse(Piece(0, "a", "f", "{\"x\":1}")));
        ToolCall call = ReadCall(reader);
        Assert.Equal((ToolCallOutcome.Open, false, UnsafeReasons.NotEnded), (call.Outcome, call.IsSafeToExecute, call.Reasons));

        // More follows, as it may until the provider says that the call is over.
        reader.Append(ModelRun.Sse(Piece(0, null, null, ",")));
        ReadCall(reader);
        reader.Append(ModelRun.Sse(Finish("tool_calls")));
        ReadCall(reader);
        Assert.Equal((ToolCallOutcome.Invalid, false), (call.Outcome, call.IsSafeToExecute));
    }

    [Fact]
    public void TheNextCall_DoesNotEndTheOneBefore()
    {
        using var reader = new ModelStreamReader();
        reader.Append(ModelRun.Sse(Piece(0, "a", "f", "{}"), Piece(1, "b", "g", "{}")));
        ReadCall(reader);
        Assert.All(reader.Message.Items.OfType<ToolCall>(), call => Assert.Equal((ToolCallOutcome.Open, false), (call.Outcome, call.IsSafeToExecute)));
    }

    [Theory]
    [InlineData("tool_calls")]
    [InlineData("stop")]
    [InlineData("length")]
    [InlineData(null)]
    public void EveryProperPrefixOfTheArguments_IsNeitherCompleteNorSafe(string? finish)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Arguments);
        for (int length = 1; length < Arguments.Length; length++)
        {
            if (char.IsHighSurrogate(Arguments[length - 1]))
            {
                continue;
            }

            string[] payloads = [Piece(0, "a", "f", Arguments[..length]), .. finish is null ? Array.Empty<string>() : [Finish(finish), "[DONE]"]];
            ModelRun run = ModelRun.OfChat(payloads);
            ToolCall call = run.Calls.Single();
            Assert.NotEqual(ToolCallOutcome.Complete, call.Outcome);
            Assert.False(call.IsSafeToExecute);
            Assert.True(call.Reasons.HasFlag(UnsafeReasons.ArgumentsTruncated), $"{length}: {call.Reasons}");
            Assert.NotEqual(JsonOutcome.Complete, run.Message.Outcome);
            run.Reader.Dispose();
        }

        Assert.True(utf8.Length > Arguments.Length);
        Assert.Equal(finish is "tool_calls" or "stop", Whole(finish));
    }

    /// <summary>
    /// The stream cut at every byte: an outcome each time, and a call that is safe in a cut stream is the call that the whole stream has, or one that
    /// what follows speaks against.
    /// </summary>
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void EveryPrefixOfAStream(string name)
    {
        Fixture fixture = Fixture.Load(name);
        using ModelStreamReader whole = fixture.Run(isAuto: false).Reader;
        ToolCall[] calls = [.. whole.Message.Items.OfType<ToolCall>()];

        // Every byte of a stream below 10 KB; of a larger one so many that the work stays the same, unless STREAMINGJSON_LONG=1 asks for all.
        int budget = Environment.GetEnvironmentVariable("STREAMINGJSON_LONG") == "1" ? int.MaxValue : PropertySettings.Scale(PropertySettings.IsQuick ? 1_000_000 : 100_000_000);
        int step = 1 + (int)((long)fixture.Content.Length * fixture.Content.Length / budget);
        using var reader = new ModelStreamReader(fixture.Options(isAuto: false));
        for (int length = 0; length < fixture.Content.Length; length += step)
        {
            reader.Reset();
            ModelRun run = ModelRun.Of(reader, fixture.Content.AsSpan(0, length));
            Assert.NotEqual(JsonOutcome.Partial, run.Message.Outcome);
            ToolCall[] cut = [.. run.Calls];
            Assert.DoesNotContain(cut, call => call.Outcome == ToolCallOutcome.Open);

            // A stream may take back what it said (a step that is begun anew): then there are fewer calls at its end.
            if (cut.Length <= calls.Length)
            {
                foreach ((ToolCall call, ToolCall final) in cut.Zip(calls))
                {
                    AssertNotWronglySafe(call, final, length);
                }
            }

            using JsonDocument line = JsonDocument.Parse(run.FinalLine());
            Assert.Equal(run.Message.Items.Count, line.RootElement.GetProperty("items").GetArrayLength());
        }
    }

    private static void AssertNotWronglySafe(ToolCall cut, ToolCall whole, int length)
    {
        if (cut.IsSafeToExecute && whole.IsSafeToExecute)
        {
            Assert.True((cut.Id, cut.Name, cut.GetText()) == (whole.Id, whole.Name, whole.GetText()), $"{length}: {cut.GetText()}");
        }
        else if (cut.IsSafeToExecute)
        {
            // What came after the end of the call can only be held against it then.
            const UnsafeReasons Later =
                UnsafeReasons.ArgumentsAfterEnd | UnsafeReasons.IdentityDoubt | UnsafeReasons.FinishReason | UnsafeReasons.AfterFinish | UnsafeReasons.ProviderRejected | UnsafeReasons.StreamError |
                UnsafeReasons.ProviderExecuted;
            Assert.True((whole.Reasons & ~Later) == 0, $"{length}: {whole.Reasons}");
        }
    }

    private static bool Whole(string? finish)
    {
        ModelRun run = ModelRun.OfChat([Piece(0, "a", "f", Arguments), .. finish is null ? Array.Empty<string>() : [Finish(finish), "[DONE]"]]);
        using ModelStreamReader reader = run.Reader;
        Assert.Equal(Arguments, run.Calls.Single().GetText());
        return run.Calls.Single().IsSafeToExecute;
    }

    internal static string Piece(long index, string? id, string? name, string? arguments) => Chunk(
        $$$"""{"tool_calls":[{"index":{{{index}}},"id":{{{JsonSerializer.Serialize(id)}}},"function":{"name":{{{JsonSerializer.Serialize(name)}}},"arguments":{{{JsonSerializer.Serialize(arguments)}}}}}]}""");

    internal static string Chunk(string delta) => $$$"""{"id":"c","choices":[{"index":0,"delta":{{{delta}}}}]}""";

    internal static string Finish(string reason) => $$$"""{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""";

    private static ToolCall ReadCall(ModelStreamReader reader)
    {
        while (reader.TryRead(out _))
        {
        }

        return reader.Message.Items.OfType<ToolCall>().First();
    }
}
