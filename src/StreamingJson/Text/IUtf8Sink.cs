using System;

namespace StreamingJson.Text;

/// <summary>Takes UTF-8 piece by piece.</summary>
internal interface IUtf8Sink
{
    /// <summary>Takes a piece, cut anywhere; false when what was taken so far is not valid.</summary>
    bool TryTake(ReadOnlySpan<byte> utf8);
}
