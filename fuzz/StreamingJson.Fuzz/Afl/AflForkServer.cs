using System;
using System.Buffers.Binary;
using System.IO;
using StreamingJson.Fuzz.Processes;

namespace StreamingJson.Fuzz.Afl;

/// <summary>AFL's fork server, for a runtime that cannot fork: a child that stays takes the place of the forked ones.</summary>
/// <remarks>
/// <code>
///   AFL                                              this process                      child
///                      &lt;-- 4 bytes: hello (199) ---
///    198: 4 bytes: was the last one killed? --->     (starts a child if none lives)
///                      &lt;-- 4 bytes: its id (199) --
///                                                    1 byte: run ------------------->  reads the file, runs, writes the map
///                                                    &lt;------------------- 1 byte: how
///                      &lt;-- 4 bytes: wait status ---
/// </code>
/// All little-endian. A finding is reported as SIGABRT, a child that ended as what it ended with. A child that AFL kills, because it took too
/// long, is replaced.
/// </remarks>
internal sealed class AflForkServer(Stream control, Stream status, Func<ChildProcess> start) : IDisposable
{
    /// <summary>The file descriptors that AFL gives, for reading and for writing.</summary>
    public const int ControlDescriptor = 198;

    /// <inheritdoc cref="ControlDescriptor"/>
    public const int StatusDescriptor = 199;

    /// <summary>The wait status of a process that SIGABRT ended, and SIGKILL.</summary>
    public const int Aborted = 6;

    private const int Killed = 9;
    private const int SignalExitBase = 128;

    private ChildProcess? _child;

    /// <summary>Serves until AFL closes its end.</summary>
    public void Serve()
    {
        Span<byte> request = stackalloc byte[4];
        Write(0); // hello, without any of the newer options
        while (control.ReadAtLeast(request, 4, throwOnEndOfStream: false) == 4)
        {
            if (_child is null || _child.HasExited)
            {
                _child?.Dispose();
                _child = start();
            }

            Write(_child.Id);
            Write(RunOnce(_child));
        }
    }

    public void Dispose() => _child?.Dispose();

    private static int RunOnce(ChildProcess child)
    {
        int answer;
        try
        {
            child.Input.BaseStream.WriteByte(0);
            child.Input.BaseStream.Flush();
            answer = child.Output.BaseStream.ReadByte();
        }
        catch (IOException)
        {
            answer = -1; // it went away before it had read
        }

        if (answer >= 0)
        {
            return answer == AflExecutor.Clean ? 0 : Aborted;
        }

        child.WaitForEnd();
        return child.ExitCode > SignalExitBase ? child.ExitCode - SignalExitBase : Killed;
    }

    private void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        status.Write(bytes);
        status.Flush();
    }
}
