using System;

namespace StreamingJson.ToolCalls.Text;

/// <summary>A number that stands for an id (FNV-1a, 64 bits). Two ids may have one: where it matters, they are compared.</summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static long Of(ReadOnlySpan<byte> id)
    {
        ulong hash = Offset;
        foreach (byte value in id)
        {
            hash = (hash ^ value) * Prime;
        }

        return unchecked((long)hash);
    }
}
