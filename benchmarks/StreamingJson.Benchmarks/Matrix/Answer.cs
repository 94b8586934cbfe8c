using System;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// What a peer found. While it is timed a sum is kept, so that nothing is optimised away; while it is checked, a digest of all that was found, in order.
/// The drivers of other runtimes make the same digest.
/// </summary>
internal sealed class Answer(bool isRecording)
{
    /// <summary>What stands in the digest for the end of a container.</summary>
    public const long EndOfObject = '}', EndOfArray = ']';

    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Whether answers are to be told in full.</summary>
    public bool IsRecording => isRecording;

    public long Sum { get; private set; }

    /// <summary>FNV-1a of everything: texts with their length before them, numbers as the bits of a double, all in little-endian words of 64 bits.</summary>
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
        if (isRecording)
        {
            Add(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            Sum += text.Length;
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

    /// <summary>A JSON number: the same value is the same answer, however it is written.</summary>
    public void AddNumber(ReadOnlySpan<byte> utf8)
    {
        Sum += utf8.Length;
        if (isRecording)
        {
            AddNumber(Utf8Parser.TryParse(utf8, out double value, out int length) && length == utf8.Length ? value : double.NaN);
        }
    }

    public void AddNumber(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A whole value: names, scalars, and the ends of containers.</summary>
    public void AddValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    Add(property.Name);
                    AddValue(property.Value);
                }

                Add(EndOfObject);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AddValue(item);
                }

                Add(EndOfArray);
                break;
            case JsonValueKind.String:
                Add(value.GetString()!);
                break;
            case JsonValueKind.Number:
                AddNumber(value.GetDouble());
                break;
            default:
                AddLiteral(value.ValueKind);
                break;
        }
    }

    public void AddLiteral(JsonValueKind kind) => Add((long)kind);

    private void Mix(ulong number)
    {
        for (int i = 0; i < 8; i++)
        {
            Digest = (Digest ^ (byte)(number >> (8 * i))) * Prime;
        }
    }
}
