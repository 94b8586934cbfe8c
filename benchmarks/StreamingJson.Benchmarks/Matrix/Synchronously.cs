using System;
using System.Threading.Tasks;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// Asynchronous peers over bodies that never wait. What went on elsewhere would be missing from the processor time of this thread, so that it is refused.
/// </summary>
internal static class Synchronously
{
    public static T Get<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw Left();

    public static void Wait(ValueTask task)
    {
        if (!task.IsCompleted)
        {
            throw Left();
        }

        task.GetAwaiter().GetResult();
    }

    private static InvalidOperationException Left() => new("The peer went on in another thread: its time is not known.");
}
