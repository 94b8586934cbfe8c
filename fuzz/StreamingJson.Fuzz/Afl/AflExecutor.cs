using System;
using System.IO;
using StreamingJson.Fuzz.Coverage;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Afl;

/// <summary>The persistent child under <see cref="AflForkServer"/>: for each byte on standard input it runs the input file once and answers with a byte.</summary>
internal static class AflExecutor
{
    public const byte Clean = 0;
    public const byte Found = 1;

    public static int Run(FuzzTarget target, string inputPath, Stream requests, Stream answers)
    {
        nint map = SharedMap.Attach();
        var buffer = new byte[EdgeMap.Size];
        while (requests.ReadByte() >= 0)
        {
            byte[] input = File.ReadAllBytes(inputPath);
            EdgeMap.Clear();
            Exception? thrown = FuzzLoop.Attempt(target, input.AsSpan(0, Math.Min(input.Length, target.MaxLength)));
            SharedMap.Publish(map, buffer);
            answers.WriteByte(thrown is null ? Clean : Found);
            answers.Flush();
        }

        return ExitCode.Clean;
    }
}
