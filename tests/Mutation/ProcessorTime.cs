using System;
using System.Diagnostics;
using System.Threading;
using StreamingJson.Mutation.Tests;

[assembly: Xunit.AssemblyFixture(typeof(ProcessorTime))]

namespace StreamingJson.Mutation.Tests;

/// <summary>
/// Tells a mutant that does not end from a busy machine: all tests together take two seconds of processor time, cold, so a run that has taken several times that is ended, with its process.
/// </summary>
public sealed class ProcessorTime : IDisposable
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(12);

    private readonly Process _process = Process.GetCurrentProcess();
    private readonly TimeSpan _begin;
    private readonly Timer _timer;

    public ProcessorTime()
    {
        _begin = _process.TotalProcessorTime;
        _timer = new Timer(_ => Look(), null, 250, 250);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _process.Dispose();
    }

    private void Look()
    {
        _process.Refresh();
        if (_process.TotalProcessorTime - _begin > s_most)
        {
            _process.Kill();
        }
    }
}
