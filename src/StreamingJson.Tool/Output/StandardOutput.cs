using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace StreamingJson.Tool.Output;

/// <summary>Standard output that says when nobody reads it any more.</summary>
internal static class StandardOutput
{
    private const int BrokenPipeErrno = 32;
    private const int BrokenPipeHResult = unchecked((int)0x8007006D);
    private const int ClosingPipeHResult = unchecked((int)0x800700E8);

    public static Stream Open()
    {
        // The console's own stream takes writes to a closed pipe for done, and the tool would run to the end for nobody. For a file that
        // stream is right: a FileStream keeps a position of its own, and overwrites what others write to the same redirection.
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return stream;
            }
        }

        return Console.OpenStandardOutput();
    }

    public static bool IsClosedPipe(IOException exception) =>
        exception.HResult is BrokenPipeErrno or BrokenPipeHResult or ClosingPipeHResult;
}
