using StreamingJson.Documents;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Support;

/// <summary>A parser's pools, all of which keep books.</summary>
internal sealed class CountingPools
{
    public CountingPools() =>
        Pools = new TapePools { Bytes = Bytes, Rows = Rows, Containers = Containers, Integers = Integers };

    public TapePools Pools { get; }

    public CountingArrayPool<byte> Bytes { get; } = new();

    public CountingArrayPool<TapeRow> Rows { get; } = new();

    public CountingArrayPool<OpenContainer> Containers { get; } = new();

    public CountingArrayPool<int> Integers { get; } = new();

    public int Rents => Bytes.Rents + Rows.Rents + Containers.Rents + Integers.Rents;

    public int Returns => Bytes.Returns + Rows.Returns + Containers.Returns + Integers.Returns;

    /// <summary>Rents of all pools that failed because they were told to.</summary>
    public int Failures => Bytes.Failures + Rows.Failures + Containers.Failures + Integers.Failures;

    /// <summary>The n-th rent of each pool fails once.</summary>
    public void FailRent(int n)
    {
        Bytes.FailRent(n);
        Rows.FailRent(n);
        Containers.FailRent(n);
        Integers.FailRent(n);
    }

    /// <summary>
    /// Every array is back, but for those that were outgrown: they are left to the garbage collector, because a snapshot on another thread
    /// may still be reading them. Nobody wrote to an array after its return.
    /// </summary>
    public void AssertBalanced(int growths)
    {
        Assert.Equal(Rents, Returns + growths);
        Bytes.AssertUntouched();
        Rows.AssertUntouched();
        Containers.AssertUntouched();
        Integers.AssertUntouched();
    }
}
