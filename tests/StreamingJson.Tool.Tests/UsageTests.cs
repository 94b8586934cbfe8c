using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("", "Required command was not provided.")]
    [InlineData("bogus", "Unrecognized command or argument 'bogus'.")]
    [InlineData("check", "Required argument 'FILE' missing")]
    [InlineData("check", "Name a file, or - for standard input.")]
    [InlineData("check --max-depth 0 -", "--max-depth takes a number of open containers from 1 to 1000000.")]
    [InlineData("verify --max-depth 9 -", "'--max-depth' is not an option of this command.")]
    [InlineData("check --bogus -", "'--bogus' is not an option of this command.")]
    [InlineData("check --chunk 0 -", "--chunk takes a whole number of bytes, at least 1.")]
    [InlineData("check --chunk -1 -", "--chunk takes a whole number of bytes, at least 1.")]
    [InlineData("check --chunk x -", "--chunk takes a whole number of bytes, at least 1.")]
    [InlineData("check --chunk 1 --chunk 2 -", "Option '--chunk' expects a single argument but 2 were provided.")]
    [InlineData("check - -", "Standard input (-) can be read only once.")]
    [InlineData("check no-such-file.json", "There is no file 'no-such-file.json'.")]
    [InlineData("check .", "'.' is a directory.")]
    [InlineData("snapshots --meters -", "'--meters' is not an option of this command.")]
    [InlineData("verify --chunk 1 -", "'--chunk' is not an option of this command.")]
    [InlineData("events --path $.a[-1] -", "--path '$.a[-1]': Not a path pattern: outside the subset: an index from the end needs the end of the array (position 4).")]
    [InlineData("events --path $ --path a -", "--path 'a': Not a path pattern: a pattern begins with '$' (position 0).")]
    [InlineData("events --path", "Required argument missing for option: '--path'.")]
    [InlineData("check --path $ -", "'--path' is not an option of this command.")]
    [InlineData("verify --seed x -", "--seed takes a whole number from 0 to 2147483647.")]
    [InlineData("demo --speed -1", "--speed takes a number, at least 0.")]
    [InlineData("demo --speed NaN", "--speed takes a number, at least 0.")]
    [InlineData("demo file.json", "Unrecognized command or argument 'file.json'.")]
    [InlineData("serve no-such-file.json", "There is no file 'no-such-file.json'.")]
    [InlineData("serve --port 65536", "--port takes a port from 0 to 65535.")]
    [InlineData("serve --host example.com", "--host takes an IP address, or localhost.")]
    [InlineData("serve --upstream file:///x", "--upstream takes an http or https address without query, fragment and user.")]
    [InlineData("serve --upstream https://u@example.com", "--upstream takes an http or https address without query, fragment and user.")]
    public async Task BadUsage_IsSaidOnStandardError_AndReturns64(string arguments, string message)
    {
        ToolRun run = await ToolRun.InvokeAsync("{}", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(64, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingFile_IsNoticedBeforeAnythingIsPrinted()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = await ToolRun.OfAsync("check", folder.Add("a.json", "{}"), Path.Combine(folder.FolderPath, "b.json"));
        Assert.Equal(64, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task AFaultOfTheSource_IsSaid_AfterWhatWasReadBefore()
    {
        using var input = new TrickleStream(["[1,", "2"], new IOException("The line is dead."));
        ToolRun run = await ToolRun.InvokeAsync(input, "snapshots", "-");
        Assert.Equal(64, run.ExitCode);
        Assert.Equal("""{"file":"-","bytes":3,"outcome":"partial","value":[1]}""", Assert.Single(run.Lines));
        Assert.Equal("streamingjson: '-' cannot be read: The line is dead.", run.Error.TrimEnd());
    }

    [Theory]
    [InlineData(32, 141)]
    [InlineData(unchecked((int)0x8007006D), 141)]
    [InlineData(28, 74)]
    public async Task AnOutputThatCannotBeWritten_EndsTheRunWithoutATrace(int error, int exitCode)
    {
        using var messages = new StringWriter();
        using var input = new MemoryStream("[1]"u8.ToArray());
        using var output = new FailingStream(error);
        Assert.Equal(exitCode, await ToolProgram.RunAsync(["snapshots", "-"], input, output, messages));
        string message = exitCode == 141 ? string.Empty : "streamingjson: the output cannot be written: It failed.";
        Assert.Equal(message, messages.ToString().TrimEnd());
    }

    [Fact]
    public async Task AFileNamedLikeAnOptionOrAResponseFile_IsAFile()
    {
        using var folder = new TemporaryFolder();
        folder.Add("@x", "{}");
        folder.Add("--y", "{}");
        ToolRun run = await ToolRun.OfAsync("check", Path.Combine(folder.FolderPath, "@x"), Path.Combine(folder.FolderPath, "--y"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Records.Count);
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        ToolRun run = await ToolRun.OfAsync("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.True(Version.TryParse(Assert.Single(run.Lines), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("check")]
    [InlineData("snapshots")]
    [InlineData("patches")]
    [InlineData("events")]
    [InlineData("verify")]
    [InlineData("demo")]
    [InlineData("serve")]
    public async Task Help_HasOneExampleAndTheExitCodes(string command)
    {
        ToolRun run = await ToolRun.OfAsync(command.Length == 0 ? ["--help"] : [command, "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal(1, run.Lines.Count(line => line == "Example:"));
        string example = run.Lines[run.Lines.ToList().IndexOf("Example:") + 1];
        Assert.Contains($"streamingjson {command}", example, StringComparison.Ordinal);
        Assert.Contains("Exit code", run.Output, StringComparison.Ordinal);
    }

    /// <summary>A default is said once, and every name that is taken is named.</summary>
    [Theory]
    [InlineData("demo")]
    [InlineData("replay")]
    [InlineData("serve")]
    [InlineData("calls")]
    [InlineData("check")]
    public async Task Help_SaysADefaultOnce(string command)
    {
        ToolRun run = await ToolRun.OfAsync(command, "--help");
        string[] options = string.Join(' ', run.Lines.Select(line => line.Trim())).Split(" --");
        Assert.All(options, option => Assert.False(
            option.Contains("Default: ", StringComparison.Ordinal) && option.Contains("[default: ", StringComparison.Ordinal), option));
        if (run.Output.Contains("--protocol", StringComparison.Ordinal) && command is "calls" or "serve")
        {
            Assert.Contains("openai for openai-chat", string.Join(' ', run.Lines.Select(line => line.Trim())), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_NamesWhatIsNotJsonLines() =>
        Assert.Contains("but for demo and calls --report", (await ToolRun.OfAsync("--help")).Output, StringComparison.Ordinal);

    private sealed class FailingStream(int error) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("It failed.", error);
    }
}
