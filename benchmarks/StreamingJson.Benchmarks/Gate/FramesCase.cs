using System;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Framing;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>Frames alone: they have meters of their own.</summary>
internal sealed class FramesCase(FrameFormat format, MatrixInput input) : MatrixCase(Matrix.Peer.Library, input)
{
    private readonly FrameReader _reader = new(format);

    public override JsonMeters? Meters => new JsonMeters { BytesReceived = _reader.BytesReceived, BytesExamined = _reader.BytesExamined };

    public override void Read(Answer answer, Deadline deadline)
    {
        _reader.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
        {
            _reader.Append(chunk);
            while (_reader.TryRead(out _))
            {
                answer.Add(1);
            }
        }
    }

    protected override void Release() => _reader.Dispose();
}
