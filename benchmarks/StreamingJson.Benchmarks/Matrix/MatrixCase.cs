using System;
using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Json;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Documents;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>The bytes that are cut into chunks of one size, and the field that tasks look at.</summary>
internal sealed record MatrixInput(BenchmarkDocument Document, ChunkSize Size, Field Field)
{
    public byte[] Utf8 => Document.Utf8;

    /// <summary>Where the bytes are an answer of a provider, that answer; the document is then what its calls are made of.</summary>
    public ProviderResponse? Response { get; init; }

    /// <summary>Where the library's parsers take their arrays from, if that is to be counted.</summary>
    public ArrayPool<byte>? Pool { get; init; }

    /// <summary>The yardstick: one pass of <see cref="Utf8JsonReader"/> over the document, or over the JSON of all payloads of an answer.</summary>
    public long ReadOnce() => Response is null ? References.ReadOnce(Utf8) : Response.ReadPayloadsOnce();

    /// <summary>Where a chunk ends that begins at <paramref name="received"/>.</summary>
    public int Advance(int received) => Math.Min(received + Size.For(Utf8.Length), Utf8.Length);
}

/// <summary>The string that tasks wait for: a property of the root, or of the first element of a root that is an array.</summary>
internal sealed record Field(string Name, bool IsInFirstElement = false)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>RFC 6901.</summary>
    public string Pointer { get; } = (IsInFirstElement ? "/0/" : "/") + Name;
}

/// <summary>One task, done by one peer. Made once a cell; <see cref="Read"/> is timed and must be able to run again.</summary>
internal abstract class MatrixCase(string peer, MatrixInput input) : IDisposable
{
    public string Peer => peer;

    /// <summary>Exact counts of the last run, where the peer keeps them.</summary>
    public virtual JsonMeters? Meters => null;

    protected MatrixInput Input => input;

    /// <summary>Does the task and tells what it found.</summary>
    /// <exception cref="OverBudgetException">The deadline passed.</exception>
    public abstract void Read(Answer answer, Deadline deadline);

    public void Dispose() => Release();

    protected virtual void Release()
    {
    }
}

/// <summary>A task done with the library's parser.</summary>
internal abstract class ParserCase(string peer, MatrixInput input) : MatrixCase(peer, input)
{
    private readonly JsonPointerReader _field = new(input.Field.Pointer);

    public sealed override JsonMeters? Meters => Parser.Meters;

    protected StreamingJsonParser Parser { get; } = new(StreamingJsonOptions.Trusted, input.Pool is { } pool ? new TapePools { Bytes = pool } : TapePools.Shared);

    public override void Read(Answer answer, Deadline deadline)
    {
        Parser.Reset();
        int received = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(Input.Utf8, Input.Size))
        {
            received += chunk.Length;
            deadline.Spend(chunk.Length);
            Parser.Append(chunk);
            if (Look(answer, deadline, received))
            {
                return;
            }
        }

        Finish(answer);
    }

    protected override void Release() => Parser.Dispose();

    /// <summary>What is done after each chunk; true where there is no need to go on.</summary>
    protected abstract bool Look(Answer answer, Deadline deadline, int received);

    /// <summary>What is done when the text has ended. A beginning of a document, as it is checked, does not end.</summary>
    protected virtual void Finish(Answer answer)
    {
        if (Parser.Outcome == JsonOutcome.Invalid)
        {
            throw new InvalidDataException("The document is not JSON.");
        }
    }

    protected bool TryFindField(out PartialJsonElement field) => _field.TryGetElement(Parser.Snapshot, out field);
}

/// <summary>A task done by closing the brackets of the text so far after every chunk, and reading all of it again.</summary>
internal abstract class ClosingCase(string peer, MatrixInput input) : MatrixCase(peer, input)
{
    private readonly BracketCloser _closer = new();

    public override void Read(Answer answer, Deadline deadline)
    {
        for (int received = 0; received < Input.Utf8.Length;)
        {
            received = Input.Advance(received);
            deadline.Spend(received);
            if (Look(_closer.Close(Input.Utf8.AsSpan(0, received)), answer, received))
            {
                return;
            }
        }
    }

    /// <summary>What is done after each chunk with the closed text, which is empty until there is something; true where there is no need to go on.</summary>
    protected abstract bool Look(ReadOnlyMemory<byte> text, Answer answer, int received);
}
