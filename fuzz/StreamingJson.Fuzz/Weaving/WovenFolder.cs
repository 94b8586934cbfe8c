using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace StreamingJson.Fuzz.Weaving;

/// <summary>A copy of this program beside woven copies of the libraries: what a child process is started from.</summary>
internal sealed class WovenFolder : IDisposable
{
    private static readonly string[] Libraries = ["StreamingJson", "StreamingJson.Binding", "StreamingJson.Framing", "StreamingJson.ToolCalls"];

    private readonly bool _isKept;

    private WovenFolder(string path, bool isKept, IReadOnlyList<WovenAssembly> assemblies)
    {
        Path = path;
        _isKept = isKept;
        Assemblies = assemblies;
    }

    public string Path { get; }

    public IReadOnlyList<WovenAssembly> Assemblies { get; }

    /// <summary>The program in it.</summary>
    public string Program => System.IO.Path.Combine(Path, "StreamingJson.Fuzz.dll");

    /// <summary>A folder that lasts until it is disposed of.</summary>
    public static WovenFolder CreateTemporary(FuzzFolders folders, PlantedBug? bug = null)
    {
        string path = System.IO.Path.Combine(folders.Work, "woven", System.IO.Path.GetRandomFileName());
        return Create(path, isKept: false, bug);
    }

    /// <summary>A folder that stays.</summary>
    public static WovenFolder Create(string path, PlantedBug? bug = null) => Create(path, isKept: true, bug);

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static WovenFolder Create(string path, bool isKept, PlantedBug? bug)
    {
        Directory.CreateDirectory(path);
        var woven = new List<WovenAssembly>();
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => System.IO.Path.GetExtension(file) is ".dll" or ".json"))
        {
            string destination = System.IO.Path.Combine(path, System.IO.Path.GetFileName(file));
            string name = System.IO.Path.GetFileNameWithoutExtension(file);
            if (System.IO.Path.GetExtension(file) == ".dll" && Libraries.Contains(name))
            {
                woven.Add(Weaver.Weave(file, destination, bug?.Assembly == name ? bug : null));
            }
            else
            {
                File.Copy(file, destination, overwrite: true);
            }
        }

        return new WovenFolder(path, isKept, woven);
    }
}
