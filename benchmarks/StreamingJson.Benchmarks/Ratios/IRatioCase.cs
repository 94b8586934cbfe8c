namespace StreamingJson.Benchmarks.Ratios;

/// <summary>One way to read one document in chunks of one size, to be timed against one pass of the reference.</summary>
internal interface IRatioCase
{
    /// <summary>The name of the way, the same for every document and chunk size.</summary>
    string Name { get; }

    /// <summary>Reads the document once. What it returns must depend on all that was read, so that nothing is optimised away.</summary>
    long Run();

    /// <summary>Throws unless the case gives the right answer. Called once, before anything is timed.</summary>
    void Check();
}
