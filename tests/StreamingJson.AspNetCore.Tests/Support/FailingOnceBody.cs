using System;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>A body whose writer fails once: at the first bytes after the first flush.</summary>
internal sealed class FailingOnceBody(Stream stream) : StreamResponseBodyFeature(stream), IHttpResponseBodyFeature
{
    private readonly FailingWriter _writer = new(PipeWriter.Create(stream));

    PipeWriter IHttpResponseBodyFeature.Writer => _writer;

    private sealed class FailingWriter(PipeWriter inner) : PipeWriter
    {
        private int _flushes;
        private bool _hasFailed;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            FailOnce();
            return inner.GetMemory(sizeHint);
        }

        public override Span<byte> GetSpan(int sizeHint = 0)
        {
            FailOnce();
            return inner.GetSpan(sizeHint);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _flushes++;
            return inner.FlushAsync(cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private void FailOnce()
        {
            if (_flushes > 0 && !_hasFailed)
            {
                _hasFailed = true;
                throw new InvalidDataException("failed once");
            }
        }
    }
}
