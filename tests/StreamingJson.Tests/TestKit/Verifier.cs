using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit.Sdk;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// Snapshot files with the convention and the call shape of Verify.Xunit, which can take its place: <c>await Verify(text)</c> compares with
/// <c>TypeName.MethodName.verified.txt</c> beside the test source, and leaves a <c>.received.txt</c> there when they differ (not when CI=true).
/// </summary>
public static class Verifier
{
    public static SettingsTask Verify(
        string text,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        string source = Repository.ResolveSource(sourceFile);
        string test = $"{Path.GetFileNameWithoutExtension(source)}.{method}";
        return new SettingsTask(text, Path.Combine(Path.GetDirectoryName(source)!, test));
    }

    internal static async Task CompareAsync(string text, string pathWithoutExtension)
    {
        string verifiedPath = pathWithoutExtension + ".verified.txt";
        string receivedPath = pathWithoutExtension + ".received.txt";
        string received = NormalizeLineEnds(text);
        string? verified = File.Exists(verifiedPath) ? NormalizeLineEnds(await File.ReadAllTextAsync(verifiedPath)) : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            await File.WriteAllTextAsync(receivedPath, received);
        }

        string name = Path.GetFileName(verifiedPath);
        throw new XunitException(verified is null
            ? $"{name} does not exist. Received:\n{received}"
            : $"{name} differs (- verified, + received):\n{Diff(verified, received)}");
    }

    /// <summary>Line ends as LF, and none at the end: editors and git disagree about both.</summary>
    private static string NormalizeLineEnds(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Diff(string verified, string received)
    {
        var lines = new StringBuilder();
        foreach (DiffPiece line in new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received).Lines)
        {
            string mark = line.Type switch
            {
                ChangeType.Inserted => "+ ",
                ChangeType.Deleted => "- ",
                _ => "  ",
            };
            lines.Append(mark).Append(line.Text).Append('\n');
        }

        return lines.ToString();
    }
}

/// <summary>A verification that is about to run: awaiting it runs it.</summary>
public sealed class SettingsTask
{
    private readonly string _text;
    private readonly string _path;

    internal SettingsTask(string text, string path)
    {
        _text = text;
        _path = path;
    }

    /// <summary>For theories: <c>TypeName.MethodName_parameters.verified.txt</c>.</summary>
    public SettingsTask UseTextForParameters(string parameters) => new(_text, $"{_path}_{parameters}");

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    public Task ToTask() => Verifier.CompareAsync(_text, _path);
}
