using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.ToolCalls.Pipelines;

/// <summary>Bytes of a <see cref="PipeReader"/>. Every read is consumed to its end: what is kept, the reader keeps, within its own limits.</summary>
internal sealed class PipeSource(PipeReader input, bool leaveOpen) : ModelSource
{
#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    public override async ValueTask ReadAsync(ModelStreamReader reader, CancellationToken cancellationToken)
    {
        ReadResult result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            reader.Append(result.Buffer);
        }
        finally
        {
            input.AdvanceTo(result.Buffer.End);
        }

        if (result.IsCompleted)
        {
            reader.Complete();
        }
    }

    public override ValueTask EndAsync() => leaveOpen ? default : input.CompleteAsync();
}
