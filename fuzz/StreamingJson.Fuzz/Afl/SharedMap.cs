using System;
using System.Globalization;
using System.Runtime.InteropServices;
using StreamingJson.Fuzz.Coverage;

namespace StreamingJson.Fuzz.Afl;

/// <summary>AFL's map: System V shared memory, whose number AFL puts into the environment.</summary>
internal static partial class SharedMap
{
    private const string Variable = "__AFL_SHM_ID";

    /// <summary>Attaches the map that the environment names; zero if it names none (a test without AFL).</summary>
    public static nint Attach()
    {
        string? number = Environment.GetEnvironmentVariable(Variable);
        if (number is null)
        {
            return 0;
        }

        nint address = Attach(int.Parse(number, CultureInfo.InvariantCulture), 0, 0);
        return address == -1 ? throw new InvalidOperationException($"AFL's shared memory {number} cannot be attached: error {Marshal.GetLastPInvokeError()}.") : address;
    }

    /// <summary>Copies the counters of the last run. Ours are fewer than AFL's least map.</summary>
    public static void Publish(nint map, byte[] buffer)
    {
        if (map != 0)
        {
            EdgeMap.Counters.CopyTo(buffer);
            Marshal.Copy(buffer, 0, map, EdgeMap.Size);
        }
    }

    [LibraryImport("libc", EntryPoint = "shmat", SetLastError = true)]
    private static partial nint Attach(int id, nint address, int flags);
}
