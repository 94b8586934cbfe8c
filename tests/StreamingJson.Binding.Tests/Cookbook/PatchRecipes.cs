using System;
using System.Buffers;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests;

/// <summary>The recipes of docs/cookbook.md about clients: each runs, stands there word for word, and writes what stands under it.</summary>
public class PatchRecipes
{
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public async Task ForwardPatches()
    {
        var source = new Pipe();
        await source.Writer.WriteAsync("{\"title\":\"A st"u8.ToArray());
        PipeReader model = source.Reader;
        Task writing = Task.CompletedTask;
        // recipe: forward-patches
        using var parser = new StreamingJsonParser();
        using var patches = new JsonPatchWriter();
        var batch = new ArrayBufferWriter<byte>();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(model, leaveOpen: false))
        {
            if (patches.TryWrite(snapshot, batch)) // false: nothing that a client could see
            {
                Console.WriteLine($"data: {Encoding.UTF8.GetString(batch.WrittenSpan)}\n"); // a server-sent event
                batch.ResetWrittenCount();
            }

            // recipe: hidden
            await (writing = writing.IsCompletedSuccessfully && snapshot.ByteCount < 30 ? ContinueAsync(snapshot.ByteCount) : writing);
            // recipe: shown
        }

        // recipe: end
        AssertShown("forward-patches");

        async Task ContinueAsync(int received)
        {
            await source.Writer.WriteAsync(received < 15 ? "ory\",\"pa"u8.ToArray() : "ges\":[{\"n\":1}]}"u8.ToArray());
            if (received >= 15)
            {
                await source.Writer.CompleteAsync();
            }
        }
    }

    [Fact]
    public async Task RenderAtAPace()
    {
        PipeReader model = PipeReader.Create(new ReadOnlySequence<byte>("{\"answer\":\"Forty-two.\",\"sure\":true}"u8.ToArray()));
        // recipe: render-at-a-pace
        using var parser = new StreamingJsonParser();
        Pace pace = Pace.Every(TimeSpan.FromMilliseconds(50)) with { OnCompletion = true };
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(model, pace))
        {
            Console.WriteLine($"{snapshot.Outcome}: {snapshot}"); // at most 20 times a second, and when a value completes
        }

        // recipe: end
        AssertShown("render-at-a-pace");
    }

    // What is between the marks "hidden" and "shown" makes the input come, and is not part of the recipe.
    private void AssertShown(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "StreamingJson.Binding.Tests", "Cookbook", "PatchRecipes.cs"));
        int begin = Array.FindIndex(lines, line => line.Trim() == $"// recipe: {name}");
        string[] recipe = lines[(begin + 1)..Array.FindIndex(lines, begin, line => line.Trim() == "// recipe: end")];
        int hidden = Array.FindIndex(recipe, line => line.Trim() == "// recipe: hidden");
        int shown = Array.FindIndex(recipe, line => line.Trim() == "// recipe: shown");
        string[] visible = hidden < 0 ? recipe : [.. recipe[..(hidden - 1)], .. recipe[(shown + 1)..]];
        string code = string.Join('\n', visible.Select(line => line.Length > 8 ? line[8..] : "")).TrimEnd();
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cookbook.md")).ReplaceLineEndings("\n");
        Assert.Contains($"```csharp\n{code}\n```\n\n```text\n{Console.ToString().TrimEnd()}\n```", page, StringComparison.Ordinal);
    }
}
