using System.Collections.Generic;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// Three parallel tool calls from the bytes of a provider's answer. The library looks at the arguments after every delta; the others have them at the end.
/// </summary>
internal static class CallsTask
{
    public static IEnumerable<MatrixCase> For(MatrixInput input)
    {
        ProviderResponse response = input.Response!;
        yield return new ByLibrary(input, response);
        yield return new ByHand(input, response);
        if (SdkReads.TryMake(response.Protocol, input.Size) is { } sdk)
        {
            yield return new BySdk(input, response, sdk);
        }
    }

    private static void Tell(Answer answer, IReadOnlyList<WireCall> calls)
    {
        foreach (WireCall call in calls)
        {
            answer.Add(call.Id);
            answer.Add(call.Name);
            answer.Add(call.Arguments);
        }
    }

    private sealed class ByLibrary(MatrixInput input, ProviderResponse response) : MatrixCase(Matrix.Peer.Library, input)
    {
        private readonly ModelReads _reads = new(response.Protocol);

        public override JsonMeters? Meters => _reads.Meters;

        public override void Read(Answer answer, Deadline deadline)
        {
            long seen = _reads.Read(response.Utf8, Input.Size);
            if (answer.IsRecording)
            {
                Tell(answer, _reads.GetCalls());
            }
            else
            {
                answer.Add(seen);
            }
        }

        protected override void Release() => _reads.Dispose();
    }

    private sealed class ByHand(MatrixInput input, ProviderResponse response) : MatrixCase(Matrix.Peer.ByHand, input)
    {
        private readonly HandReads _reads = new(response.Protocol);

        public override void Read(Answer answer, Deadline deadline)
        {
            long seen = _reads.Read(response.Utf8, Input.Size);
            if (answer.IsRecording)
            {
                Tell(answer, _reads.GetCalls());
            }
            else
            {
                answer.Add(seen);
            }
        }
    }

    private sealed class BySdk(MatrixInput input, ProviderResponse response, SdkReads sdk) : MatrixCase(Matrix.Peer.Sdk, input)
    {
        public override void Read(Answer answer, Deadline deadline)
        {
            IReadOnlyList<WireCall> calls = sdk.Read(response.Utf8, deadline);
            if (answer.IsRecording)
            {
                Tell(answer, calls);
            }
            else
            {
                answer.Add(calls.Count);
            }
        }

        protected override void Release() => sdk.Dispose();
    }
}
