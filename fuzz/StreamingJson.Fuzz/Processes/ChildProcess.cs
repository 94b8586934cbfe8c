using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StreamingJson.Fuzz.Processes;

/// <summary>This program once more, from the folder given, with a hard limit on its heap; what it says on standard error is kept.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int KeptErrorChars = 16 * 1024;

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private ChildProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>How long it has worked; zero once it has ended.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                return TimeSpan.Zero; // the second: it is gone, and nobody has been told so yet
            }
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public System.IO.StreamWriter Input => _process.StandardInput;

    public System.IO.StreamReader Output => _process.StandardOutput;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, long heapBytes, bool hasPipes = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = hasPipes,
            RedirectStandardOutput = hasPipes,
        };
        if (!string.Equals(System.IO.Path.GetFileNameWithoutExtension(start.FileName), "dotnet", StringComparison.Ordinal))
        {
            start.FileName = "dotnet"; // a test host is no host for this
        }

        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = heapBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCgen0size"] = (16 << 20).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child._process.Start();
        child._process.BeginErrorReadLine();
        return child;
    }

    public bool Wait(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Waits for the end, and for the last of what was said.</summary>
    public void WaitForEnd() => _process.WaitForExit();

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>What an exit code that nobody chose means.</summary>
    public string KindOfEnd() =>
        Error.Contains("Stack overflow", StringComparison.Ordinal) ? "stack-overflow" :
        Error.Contains("OutOfMemory", StringComparison.Ordinal) || Error.Contains("Out of memory", StringComparison.Ordinal) ? "out-of-memory" :
        $"exit-{ExitCode}";

    private void Keep(string? line)
    {
        lock (_error)
        {
            if (line is not null && _error.Length < KeptErrorChars)
            {
                _error.AppendLine(line);
            }
        }
    }
}
