namespace StreamingJson.Fuzz;

/// <summary>What the process returns; scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>Nothing was found.</summary>
    public const int Clean = 0;

    /// <summary>Something does not hold; or the self-test failed.</summary>
    public const int Finding = 1;

    /// <summary>Bad usage: an unknown command, option or target, or a file that cannot be read (sysexits: EX_USAGE).</summary>
    public const int Usage = 64;
}
