using System;
using System.IO;
using System.Text;

namespace StreamingJson.Tool.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamingjson-");

    public string FolderPath => _folder.FullName;

    public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public string Add(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
