using System.Buffers;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>
/// Counts what growing copies: an array that is rented while a parser has one of that kind already takes over at most what the one before held.
/// </summary>
internal sealed class GrowthPool : ArrayPool<byte>
{
    /// <summary>Bytes of all arrays that were rented, less those of the largest: what was outgrown, all of which may have been copied.</summary>
    public long Outgrown => _rented - _largest;

    private long _rented;
    private long _largest;

    public override byte[] Rent(int minimumLength)
    {
        byte[] array = new byte[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)minimumLength)];
        _rented += array.Length;
        _largest = System.Math.Max(_largest, array.Length);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
    }
}
