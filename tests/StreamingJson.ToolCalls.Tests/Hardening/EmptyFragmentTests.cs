using System;
using System.Linq;
using System.Text;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// Ten million fragments without a byte: each costs the same and allocates nothing, whether the limit has been met or not. A thousand come in one
/// payload, so that it is the fragments that are counted and not the frames. <c>STREAMINGJSON_LONG=1</c> gives all ten million; else one.
/// </summary>
public sealed class EmptyFragmentTests
{
    private const int InOnePayload = 1000;

    private static readonly int Payloads = Environment.GetEnvironmentVariable("STREAMINGJSON_LONG") == "1" ? 10_000 : 1000;

    [Theory]
    [InlineData(65_536)] // the default: all but the first are refused
    [InlineData(int.MaxValue)]
    public void AreCountedOrRefused_AndAllocateNothing(int maxFragments)
    {
        string fragments = string.Join(',', Enumerable.Repeat("""{"index":0,"function":{"arguments":""}}""", InOnePayload));
        byte[] payload = Encoding.UTF8.GetBytes($$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{{{fragments}}}]}}]}""" + "\n\n");
        using var reader = new ModelStreamReader(new() { Protocol = ModelProtocol.OpenAIChat, Limits = new() { MaxFragments = maxFragments } });
        Take(reader, ModelRun.Sse(CompletionTests.Piece(0, "a", "f", "{\"x\":")));
        for (int i = 0; i < 100; i++)
        {
            Take(reader, payload);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 100; i < Payloads; i++)
        {
            Take(reader, payload);
        }

        // The compiler's work on the side is billed to this thread as well; a byte for each fragment would be far more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (Payloads - 100) * InOnePayload / 20);
        Take(reader, ModelRun.Sse(CompletionTests.Piece(0, null, null, "1}"), CompletionTests.Finish("tool_calls"), "[DONE]"));
        ToolCall call = reader.Message.Items.OfType<ToolCall>().Single();
        bool isRefused = maxFragments < int.MaxValue;
        Assert.Equal((!isRefused, isRefused ? "{\"x\":" : "{\"x\":1}"), (call.IsSafeToExecute, call.GetText()));
        Assert.Equal(isRefused, call.Reasons.HasFlag(UnsafeReasons.LimitExceeded));
    }

    private static void Take(ModelStreamReader reader, byte[] bytes)
    {
        reader.Append(bytes);
        while (reader.TryRead(out _))
        {
            // Nobody keeps it.
        }
    }
}
