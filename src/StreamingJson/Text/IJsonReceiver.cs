using System;
using System.Buffers;

namespace StreamingJson.Text;

/// <summary>A parser, as who feeds it sees it.</summary>
internal interface IJsonReceiver
{
    /// <summary>How far the text got.</summary>
    JsonOutcome Outcome { get; }

    /// <summary>Takes more of the text; false when it is not valid.</summary>
    bool TryAppend(in ReadOnlySequence<byte> utf8Json);

    /// <inheritdoc cref="TryAppend(in ReadOnlySequence{byte})"/>
    bool TryAppend(ReadOnlySpan<char> json);

    /// <summary>No more of it comes.</summary>
    JsonOutcome Complete();
}
