using System.Linq;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;
using static StreamingJson.ToolCalls.Tests.FinishReasonTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The straight reading finds the call <c>f({"a":1})</c> with the id <c>c</c> where it is written, and only there.</summary>
public sealed class ChatOracleTests
{
    private const string Text = "{\"a\":1}";

    public static TheoryData<bool, string[]> Rows => new()
    {
        { true, [Piece(0, "c", "f", Text), Finish("stop")] },
        { true, [Piece(0, "c", "f", "{\"a"), Piece(0, null, null, "\":1}"), Finish("stop")] },
        { true, [Piece(0, "c", "f", "{\"a"), Piece(1, "d", "g", "{}"), Piece(0, null, null, "\":1}"), Finish("stop")] },
        { true, [Piece(0, "c", "f", "{\"a"), Piece(0, "c", "f", "\":1}"), Finish("stop")] },
        { true, [Piece(0, "c", null, null), Piece(0, null, "f", Text), Finish("stop")] },
        { true, [Piece(0, "d", "g", "{}"), Piece(0, "c", "f", Text), Finish("stop")] },
        { true, [Piece(0, "c", "f", Text), OfChoice1(Finish("length")), Finish("stop")] },
        { true, ["""{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\"a\":1}"}}]},"finish_reason":"stop"}]}"""] },
        { true, ["""{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":1}}},{"id":"d","function":{"name":"g"}}]},"finish_reason":"stop"}]}"""] },

        // A piece that is not there, too much of it, or too little; the wrong place, choice, name or id.
        { false, [Piece(0, "c", "f", "{\"a"), Finish("stop")] },
        { false, [Piece(0, "c", "f", "{\"a"), Piece(0, null, null, "b"), Piece(0, null, null, "\":1}"), Finish("stop")] },
        { false, [Piece(0, "c", "f", Text), Piece(0, null, null, " "), Finish("stop")] },
        { false, [Piece(0, "c", "f", "{\"a"), Piece(1, null, null, "\":1}"), Finish("stop")] },
        { false, [Piece(0, "c", "f", "{\"a"), OfChoice1(Piece(0, null, null, "\":1}")), Finish("stop")] },
        { false, [OfChoice1(Piece(0, "c", "f", Text)), OfChoice1(Finish("stop"))] },
        { false, [Piece(0, "c", "g", Text), Finish("stop")] },
        { false, [Piece(0, "d", "f", Text), Finish("stop")] },
        { false, [Piece(0, null, "f", Text), Finish("stop")] },
        { false, [Piece(0, "c", "f", Text), Piece(0, "d", null, null), Finish("stop")] },

        // No end, a bad one, one before, or something that could not be read.
        { false, [Piece(0, "c", "f", Text)] },
        { false, [Piece(0, "c", "f", Text), Finish("length")] },
        { false, [Piece(0, "c", "f", Text), OfChoice1(Finish("stop"))] },
        { false, [Piece(0, "c", "f", "{\"a"), Finish("stop"), Piece(0, null, null, "\":1}"), Finish("stop")] },
        { false, [Piece(0, "c", "f", Text), "{", Finish("stop")] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void FindsTheCall_WhereItIsWritten(bool isWritten, string[] payloads)
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "c", "f", Text), Finish("stop"));
        Assert.Equal(isWritten, ChatOracle.IsWritten(ModelRun.Sse(payloads), run.Calls.Single()));
        run.Reader.Dispose();
    }
}
