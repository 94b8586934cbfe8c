namespace StreamingJson.Benchmarks.Matrix;

/// <summary>A document cut into chunks of one size, and the field of it that tasks look at.</summary>
internal sealed record MatrixInput(BenchmarkDocument Document, ChunkSize Size, Field Field)
{
    public byte[] Utf8 => Document.Utf8;
}

/// <summary>The string that tasks wait for: a property of the root, or of the first element of a root that is an array.</summary>
internal sealed record Field(string Name, bool IsInFirstElement = false)
{
    public string Pointer => IsInFirstElement ? "/0/" + Name : "/" + Name;
}

/// <summary>One task, done by one peer. Made once a cell; <see cref="Read"/> is timed and must be able to run again.</summary>
internal abstract class MatrixCase(string peer, MatrixInput input)
{
    public string Peer => peer;

    /// <summary>Whether the work may grow with the square of the document, so that it is checked on its beginning.</summary>
    public virtual bool IsQuadratic => false;

    protected MatrixInput Input => input;

    /// <summary>Does the task and tells what it found.</summary>
    /// <exception cref="OverBudgetException">The deadline passed.</exception>
    public abstract void Read(Answer answer, Deadline deadline);
}
