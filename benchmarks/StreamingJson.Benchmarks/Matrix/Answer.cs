using System;
using System.Text;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// What a peer found. While it is timed a sum is kept, so that nothing is optimised away; while it is checked, a digest of all that was found, in order.
/// </summary>
internal sealed class Answer(bool isRecording)
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Whether answers are to be told in full.</summary>
    public bool IsRecording => isRecording;

    public long Sum { get; private set; }

    /// <summary>FNV-1a of everything, with the lengths.</summary>
    public ulong Digest { get; private set; } = Offset;

    /// <summary>How many bytes of the document the answer needed, where the task asks for it.</summary>
    public int BytesNeeded { get; set; }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        Sum += utf8.Length;
        if (isRecording)
        {
            Mix((ulong)utf8.Length);
            foreach (byte value in utf8)
            {
                Digest = (Digest ^ value) * Prime;
            }
        }
    }

    public void Add(string text)
    {
        Sum += text.Length;
        if (isRecording)
        {
            Add(Encoding.UTF8.GetBytes(text));
        }
    }

    public void Add(long number)
    {
        Sum += number;
        if (isRecording)
        {
            Mix((ulong)number);
        }
    }

    private void Mix(ulong number)
    {
        for (int i = 0; i < 8; i++)
        {
            Digest = (Digest ^ (byte)(number >> (8 * i))) * Prime;
        }
    }
}
