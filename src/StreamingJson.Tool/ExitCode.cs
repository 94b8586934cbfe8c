using System;

namespace StreamingJson.Tool;

/// <summary>What the process returns; scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>Every input was a complete JSON text.</summary>
    public const int Complete = 0;

    /// <summary><c>verify</c> only: a law of the library is broken.</summary>
    public const int LawBroken = 1;

    /// <summary>An input was truncated or invalid.</summary>
    public const int NotComplete = 2;

    /// <summary>Bad usage: an unknown option or command, a bad value, no file, a file that cannot be read (sysexits: EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>The output cannot be written, on a full disk say (sysexits: EX_IOERR).</summary>
    public const int OutputFailed = 74;

    /// <summary>Interrupted from the keyboard (as shells say it: 128 + SIGINT), or told to end (SIGTERM).</summary>
    public const int Interrupted = 130;

    /// <summary>
    /// What the parser of the arguments makes of SIGTERM (128 + SIGTERM) where a command does not end at once, as none does that waits for standard input. The
    /// process does not return it: how long an end took makes no difference.
    /// </summary>
    public const int Terminated = 143;

    /// <summary>The reader of the output went away, <c>| head</c> say (as shells say it: 128 + SIGPIPE).</summary>
    public const int OutputClosed = 141;

    public static int Of(JsonOutcome outcome) => outcome == JsonOutcome.Complete ? Complete : NotComplete;

    /// <summary>The code for two inputs together: a broken law says more than an input that is not complete.</summary>
    public static int Combine(int first, int second) =>
        first == LawBroken || second == LawBroken ? LawBroken : Math.Max(first, second);
}
