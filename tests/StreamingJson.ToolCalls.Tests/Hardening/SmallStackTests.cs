using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The depth of what a stream holds costs no stack: every fixture, and arguments as deep as they may be, on a thread with 128 KiB of it.</summary>
public sealed class SmallStackTests
{
    private const int StackBytes = 128 * 1024;

    [Fact]
    public void EveryFixture_AndTheFinalMessage_OnASmallStack()
    {
        ReadAll(); // first on a large one: the compiler that runs on the first call wants more than the code
        OnASmallStack(ReadAll);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)] // beyond the depth of arguments, and then that of the payload
    [InlineData(5000, false)]
    public void DeepArguments_InEveryForm_OnASmallStack(int depth, bool isSafe)
    {
        string arguments = "{\\\"a\\\":" + new string('[', depth) + new string(']', depth) + "}";
        string whole = "{\"a\":" + new string('[', depth) + new string(']', depth) + "}";
        byte[] chat = ModelRun.Sse(
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"" + arguments + "\"}}]},\"finish_reason\":\"tool_calls\"}]}",
            "[DONE]");
        byte[] gemini = ModelRun.Sse(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":" + whole + "}}]},\"finishReason\":\"STOP\"}]}");
        Read(chat, gemini, isSafe);
        OnASmallStack(() => Read(chat, gemini, isSafe));
    }

    private static void Read(byte[] chat, byte[] gemini, bool isSafe)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat }, chat, 100);
        Assert.Equal(isSafe, run.Calls.Single().IsSafeToExecute);
        Assert.NotEmpty(run.FinalLine());
        run.Reader.Dispose();

        run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.Gemini }, gemini, 100);
        Assert.NotEmpty(run.FinalLine());
        run.Reader.Dispose();
    }

    private static void ReadAll()
    {
        foreach (Fixture fixture in Fixture.Names.Select(Fixture.Load))
        {
            ModelRun run = fixture.Run(isAuto: true);
            Assert.NotEmpty(run.FinalLine());
            run.Reader.Dispose();
        }
    }

    private static void OnASmallStack(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // thrown again on the test's own thread
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
