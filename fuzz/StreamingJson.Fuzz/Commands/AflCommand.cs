using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Microsoft.Win32.SafeHandles;
using StreamingJson.Fuzz.Afl;
using StreamingJson.Fuzz.Processes;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>afl</c>: the fork server, as the target of <c>afl-fuzz</c>. From a woven folder.</summary>
internal sealed class AflCommand : Command
{
    private const long HeapBytes = 512L << 20;

    private readonly Argument<string> _target = CommandOptions.TargetName(mayBeAll: false);
    private readonly Argument<string> _file = new("file") { Description = "The input file: @@." };

    public AflCommand()
        : base("afl", "Serves AFL: afl-fuzz -i SEEDS -o OUT -m none -- dotnet WOVEN/StreamingJson.Fuzz.dll afl TARGET @@.")
    {
        Add(_target);
        Add(_file);
        SetAction(arguments =>
        {
            string target = arguments.GetRequiredValue(_target);
            string file = arguments.GetRequiredValue(_file);
            IEnumerable<string> executor = ["afl-executor", target, file];
            string program = Path.Combine(AppContext.BaseDirectory, "StreamingJson.Fuzz.dll");
            if (!File.Exists($"/proc/self/fd/{AflForkServer.StatusDescriptor}"))
            {
                // As afl-showmap and afl-tmin may start it: nobody to serve, one run.
                using var request = new MemoryStream([0]);
                using var answer = new MemoryStream();
                AflExecutor.Run(TargetTable.Find(target)!, file, request, answer);
                return answer.ToArray() is [AflExecutor.Clean] ? ExitCode.Clean : ExitCode.Finding;
            }

            using FileStream control = Open(AflForkServer.ControlDescriptor, FileAccess.Read);
            using FileStream status = Open(AflForkServer.StatusDescriptor, FileAccess.Write);
            using var server = new AflForkServer(control, status, () => ChildProcess.Start(program, executor, HeapBytes, hasPipes: true));
            server.Serve();
            return ExitCode.Clean;
        });
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}

/// <summary><c>afl-executor</c>: the child process of <c>afl</c>.</summary>
internal sealed class AflExecutorCommand : Command
{
    private readonly Argument<string> _target = CommandOptions.TargetName(mayBeAll: false);
    private readonly Argument<string> _file = new("file");

    public AflExecutorCommand()
        : base("afl-executor", "The child process of 'afl'.")
    {
        Hidden = true;
        Add(_target);
        Add(_file);
        SetAction(arguments =>
        {
            using Stream requests = Console.OpenStandardInput();
            using Stream answers = Console.OpenStandardOutput();
            return AflExecutor.Run(TargetTable.Find(arguments.GetRequiredValue(_target))!, arguments.GetRequiredValue(_file), requests, answers);
        });
    }
}
