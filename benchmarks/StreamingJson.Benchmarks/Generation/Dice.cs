using System.Text;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>SplitMix64: the documents must not change with the runtime's idea of a seeded <see cref="System.Random"/>.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (uint)bound);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool OneIn(int n) => Below(n) == 0;

    public T Pick<T>(T[] values) => values[Below(values.Length)];

    /// <summary>At least one word, and as many, joined by the separator, as fit into <paramref name="length"/> characters.</summary>
    public string Words(string[] words, int length, string separator = " ")
    {
        var text = new StringBuilder(Pick(words));
        while (true)
        {
            string next = Pick(words);
            if (text.Length + separator.Length + next.Length > length)
            {
                return text.ToString();
            }

            text.Append(separator).Append(next);
        }
    }

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
