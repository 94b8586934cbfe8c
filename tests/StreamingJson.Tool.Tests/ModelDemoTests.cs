using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Spectre.Console;
using StreamingJson.Tool.Demo;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class ModelDemoTests
{
    // Of those for which a stream ships inside the tool, the ones that this version reads.
    public static TheoryData<string> Names =>
        new(ModelRecording.Protocols.Select(ModelProtocolNames.GetName).Where(Commands.CommandOptions.ProtocolNames.Split(", ").Contains));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Redirected_EverythingThatTheModelSaid(string protocol)
    {
        ToolRun run = await ToolRun.OfAsync("demo", "--protocol", protocol, "--speed", "0");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal(2, run.Lines.Count(line => line.Contains(": complete, safe to execute", StringComparison.Ordinal)));
        Assert.Contains("completed  book_ferry /passengers/0/age = 34\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("completed  get_forecast (all) = {", run.Output, StringComparison.Ordinal);
        Assert.Contains(" complete   212 tokens in, 148 tokens out\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("anomaly", run.Output, StringComparison.Ordinal);
        Assert.Equal("I check the forecast for the Åland Sea and look for a crossing that fits.", Joined(run, "text"));
        Assert.StartsWith("The user wants a ferry", Joined(run, "reasoning"), StringComparison.Ordinal);
        Assert.Equal(run, await ToolRun.OfAsync("demo", "--protocol", protocol, "--speed", "0"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task InATerminal_TheMessageGrows(string protocol)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 100;
        console.Profile.Height = 200;
        Assert.True(ModelProtocolNames.TryParse(protocol, out ModelProtocol parsed));
        ModelRecording recording = ModelRecording.Find(parsed)!;
        await console.Live(new Markup(string.Empty)).StartAsync(live => ModelDemoPlayer.PlayAsync(recording, new ModelTerminalView(console, live), speed: 0, default));
        Assert.Contains("safe to execute", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("passengers", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TheStream_IsOneThatTheCommandCallsReadsToo(string protocol)
    {
        Assert.True(ModelProtocolNames.TryParse(protocol, out ModelProtocol parsed));
        ToolRun run = await ToolRun.InvokeAsync(ModelRecording.Find(parsed)!.Content, "calls", "--final", "-");
        JsonElement line = Assert.Single(run.Records);
        Assert.Equal((0, protocol, "complete"), (run.ExitCode, line.GetProperty("protocol").GetString(), line.GetProperty("outcome").GetString()));
        Assert.Empty(line.GetProperty("anomalies").EnumerateArray());
    }

    [Fact]
    public async Task ShortNames_AndBadOnes()
    {
        Assert.Equal(0, (await ToolRun.OfAsync("demo", "--protocol", "openai", "--speed", "0")).ExitCode);
        ToolRun none = await ToolRun.OfAsync("demo", "--protocol", "auto", "--speed", "0");
        Assert.Equal(64, none.ExitCode);
        Assert.Contains("There is no demo of auto.", none.Error, StringComparison.Ordinal);
        Assert.Equal(64, (await ToolRun.OfAsync("demo", "--protocol", "nonsense")).ExitCode);
    }

    private static string Joined(ToolRun run, string what) => string.Concat(run.Lines
        .Where(line => line.Contains($" B  {what,-9}  ", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf($" B  {what,-9}  ", StringComparison.Ordinal) + 15)..]));
}
