using System;
using System.Buffers;
using System.Threading;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Support;

/// <summary>Dispose may be called from several threads: each array goes back once.</summary>
public class DisposalTests
{
    [Fact]
    public void DisposedFromSeveralThreads_EachArrayComesBackOnce()
    {
        const int Threads = 4;
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":[1,\"b"u8);
        var output = new ArrayBufferWriter<byte>();
        var pool = new CountingArrayPool<byte>();
        JsonRedactor redactor = null!;
        JsonPatchWriter patches = null!;
        ClosedJsonWriter closed = null!;
        int failures = 0;
        using var barrier = new Barrier(Threads);
        var threads = new Thread[Threads];
        for (int n = 0; n < Threads; n++)
        {
            int number = n;
            threads[n] = new Thread(() =>
            {
                for (int round = 0; round < 500; round++)
                {
                    if (number == 0)
                    {
                        output.Clear();
                        redactor = new JsonRedactor(output, ["$.a"], null, null, pool);
                        redactor.Append("{\"a\""u8);
                        patches = new JsonPatchWriter(null, pool);
                        patches.TryWrite(parser.Snapshot, output);
                        closed = new ClosedJsonWriter(pool);
                        closed.TryWrite(parser.Snapshot, output);
                    }

                    barrier.SignalAndWait();
                    try
                    {
                        redactor.Dispose();
                        patches.Dispose();
                        closed.Dispose();
                    }
                    catch (InvalidOperationException)
                    {
                        // A second return.
                        Interlocked.Increment(ref failures);
                    }

                    barrier.SignalAndWait();
                }
            });
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, failures);
        pool.AssertSettled();
    }
}
