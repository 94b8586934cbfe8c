using System;

namespace StreamingJson.Benchmarks;

/// <summary>The command line asks for what there is not: the message says what, and the program ends with <see cref="ExitCode"/>.</summary>
internal sealed class UsageException(string message) : ArgumentException(message)
{
    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int ExitCode = 64;
}
