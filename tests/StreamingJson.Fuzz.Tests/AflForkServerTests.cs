using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Threading.Tasks;
using StreamingJson.Fuzz.Afl;
using StreamingJson.Fuzz.Processes;
using Xunit;

namespace StreamingJson.Fuzz.Tests;

/// <summary>The fork server, driven as AFL drives it, without AFL.</summary>
public sealed class AflForkServerTests : IDisposable
{
    private readonly AnonymousPipeServerStream _control = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _status = new(PipeDirection.In);
    private readonly FuzzProgram.TemporaryFile _input = FuzzProgram.File([]);

    [Fact]
    public async Task Runs_AreAnswered_AndAKilledChildIsReplaced()
    {
        using var controlEnd = new AnonymousPipeClientStream(PipeDirection.In, _control.ClientSafePipeHandle);
        using var statusEnd = new AnonymousPipeClientStream(PipeDirection.Out, _status.ClientSafePipeHandle);
        using var server = new AflForkServer(controlEnd, statusEnd, () => ChildProcess.Start(FuzzProgram.Path, ["afl-executor", "selftest-throw", _input.Path], 256L << 20, hasPipes: true));
        Task serving = Task.Run(server.Serve);
        Assert.Equal(0, Read());

        (int first, int clean) = RunOnce("\0\0?"u8);
        Assert.Equal(0, clean);
        (int second, int found) = RunOnce("\0\0!"u8);
        Assert.Equal((first, AflForkServer.Aborted), (second, found));

        // What AFL does when a run takes too long.
        using (Process child = Process.GetProcessById(first))
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        (int third, int again) = RunOnce("\0\0?"u8);
        Assert.NotEqual(first, third);
        Assert.Equal(0, again);
        _control.Dispose();
        await serving.WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task AChildThatEnds_IsReportedAsTheSignalThatEndedIt()
    {
        using var controlEnd = new AnonymousPipeClientStream(PipeDirection.In, _control.ClientSafePipeHandle);
        using var statusEnd = new AnonymousPipeClientStream(PipeDirection.Out, _status.ClientSafePipeHandle);
        using var server = new AflForkServer(controlEnd, statusEnd, () => ChildProcess.Start(FuzzProgram.Path, ["afl-executor", "selftest-stack", _input.Path], 256L << 20, hasPipes: true));
        Task serving = Task.Run(server.Serve);
        Assert.Equal(0, Read());
        Assert.Equal(AflForkServer.Aborted, RunOnce("\0\0!"u8).Status);
        Assert.Equal(0, RunOnce("\0\0?"u8).Status);
        _control.Dispose();
        await serving.WaitAsync(TimeSpan.FromMinutes(5));
    }

    public void Dispose()
    {
        _control.Dispose();
        _status.Dispose();
        _input.Dispose();
    }

    private (int Id, int Status) RunOnce(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(_input.Path, input);
        _control.Write([0, 0, 0, 0]);
        return (Read(), Read());
    }

    private int Read()
    {
        Span<byte> bytes = stackalloc byte[4];
        _status.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
