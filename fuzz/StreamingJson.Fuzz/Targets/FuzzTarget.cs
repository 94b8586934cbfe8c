using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Engine;

namespace StreamingJson.Fuzz.Targets;

/// <summary>One question that is put to the libraries for each input, with an answer that does not come from them.</summary>
internal abstract class FuzzTarget(string name, string summary)
{
    /// <summary>The name on the command line and of its folders.</summary>
    public string Name { get; } = name;

    /// <summary>What holds for every input.</summary>
    public string Summary { get; } = summary;

    /// <summary>The longest input in bytes: shorter where the oracle is quadratic.</summary>
    public virtual int MaxLength => 1024;

    /// <summary>The words to try.</summary>
    public virtual string Dictionary => "json";

    /// <summary>Whether it tests the fuzzer and not the libraries; such are not listed.</summary>
    public virtual bool IsOfSelfTest => false;

    /// <summary>Puts the question. Whatever is thrown is a finding.</summary>
    public abstract void Run(FuzzInput input);

    /// <summary>Inputs to begin with: those of the corpus, and <see cref="Documents"/> whole.</summary>
    public IEnumerable<byte[]> Seeds(FuzzFolders folders) =>
        FilesOf(folders.Corpus(Name)).Concat(FilesOf(folders.Crashes(Name))).Select(File.ReadAllBytes)
            .Concat(Documents(folders).Select(document => FuzzInput.Encode(0, [], document)))
            .Where(seed => seed.Length <= MaxLength);

    /// <summary>Documents that lie elsewhere in the repository.</summary>
    protected virtual IEnumerable<byte[]> Documents(FuzzFolders folders) => [];

    /// <summary>The files of a folder, in an order that is always the same; none if it does not exist.</summary>
    protected static IEnumerable<string> FilesOf(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder).Where(file => !file.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal) : [];
}
