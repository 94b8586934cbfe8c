using System;
using System.Collections.Generic;
using System.Linq;

namespace StreamingJson.Tests.Architecture;

/// <summary>
/// The folders of a library in their order: each may use itself, those before it, and the words. The folder with the empty name is the root of the project; the words are
/// those of its types that use nothing but such types, which can be understood without knowing the library.
/// </summary>
internal sealed class FolderOrder
{
    private readonly string _namespace;
    private readonly string[] _order;
    private readonly IReadOnlyList<SourceFile> _files;

    // A partial type stands in several files.
    private readonly ILookup<string, SourceFile> _declarations;
    private readonly HashSet<string> _publicTypes;

    public FolderOrder(string project, params string[] order)
    {
        _namespace = project;
        _order = order;
        _files = SourceFile.Of(project);
        _declarations = _files.SelectMany(file => file.Declared, (file, declared) => (declared.Type, File: file)).ToLookup(d => d.Type, d => d.File);
        _publicTypes = _files.SelectMany(file => file.Declared).Where(declared => declared.IsPublic).Select(declared => declared.Type).ToHashSet(StringComparer.Ordinal);
        Words = FindWords();
    }

    public IReadOnlySet<string> Words { get; }

    public IEnumerable<string> UsesOfLaterFolders() =>
        from file in _files
        from type in Used(file)
        where !Words.Contains(type)
        let declaration = _declarations[type].First()
        where Array.IndexOf(_order, declaration.Folder) > Array.IndexOf(_order, file.Folder)
        select $"{file.Name} uses {type} of {declaration.Name}";

    public IEnumerable<string> FilesOfNoFolder() => from file in _files where !_order.Contains(file.Folder) select file.Name;

    /// <summary>Of types that are not public: these live in the namespace of their folder.</summary>
    public IEnumerable<string> TypesInAnotherNamespace() =>
        from file in _files
        from declared in file.Declared
        let expected = declared.IsPublic || file.Folder.Length == 0 ? _namespace : $"{_namespace}.{file.Folder}"
        where file.Namespace != expected
        select $"{declared.Type} in {file.Name} is in {file.Namespace}";

    public IEnumerable<string> TypesInSeveralFolders() =>
        _declarations.Where(files => files.Select(file => file.Folder).Distinct().Count() > 1).Select(files => files.Key);

    // What is not public is seen only from its namespace, and where that is named.
    public IEnumerable<string> Used(SourceFile file) =>
        from type in _declarations
        where file.Words.Contains(type.Key) && file.Declared.All(declared => declared.Type != type.Key)
        let home = type.First().Namespace
        where _publicTypes.Contains(type.Key) || home == _namespace || home == file.Namespace || file.Usings.Contains(home)
        select type.Key;

    public IEnumerable<SourceFile> DeclarationsOf(string type) => _declarations[type];

    private HashSet<string> FindWords()
    {
        var words = _declarations.Where(files => files.First().Folder.Length == 0).Select(files => files.Key).ToHashSet(StringComparer.Ordinal);
        while (words.RemoveWhere(type => _declarations[type].Any(file => Used(file).Any(used => !words.Contains(used)))) > 0)
        {
        }

        return words;
    }
}
