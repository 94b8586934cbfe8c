using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Framing;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>A stream in the exact wire format, <c>Fixtures/(protocol)/(scenario).(framing)</c>, with its expected result beside it.</summary>
internal sealed record Fixture(string Name, ModelProtocol Protocol, FrameFormat Framing, byte[] Content)
{
    private const string ExpectedSuffix = ".expected.json";

    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>The names of all fixtures: <c>(protocol)/(scenario).(framing)</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(name => FramingOf(name) is not null)
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> All => new(Names);

    /// <summary>All, or in a quick run one of each protocol: for what must hold of any stream.</summary>
    public static TheoryData<string> Some => PropertySettings.IsQuick ? new(Names.GroupBy(name => name.Split('/')[0], (_, names) => names.FirstOrDefault(name => name.Contains("/parallel-calls", StringComparison.Ordinal)) ?? names.First())) : All;

    public string ExpectedPath => Path.Combine(Folder, Name + ExpectedSuffix);

    public static Fixture Load(string name)
    {
        string folder = name.Split('/')[0];
        Assert.True(ModelProtocolNames.TryParse(folder == "anthropic-messages" ? "anthropic" : folder, out ModelProtocol protocol), $"no protocol '{folder}'");
        return new Fixture(name, protocol, FramingOf(name)!.Value, File.ReadAllBytes(Path.Combine(Folder, name)));
    }

    /// <summary>The extension is the framing.</summary>
    private static FrameFormat? FramingOf(string name) => Path.GetExtension(name) switch
    {
        ".sse" => FrameFormat.ServerSentEvents,
        ".ndjson" => FrameFormat.NdJson,
        ".eventstream" => FrameFormat.AwsEventStream,
        ".ws" => FrameFormat.Message,
        ".json" when !name.EndsWith(ExpectedSuffix, StringComparison.Ordinal) && !name.Contains(".received.", StringComparison.Ordinal) => FrameFormat.JsonArray,
        _ => null,
    };

    /// <summary>Reads the stream in chunks of a size (0: whole), knowing what it is, or with everything recognised.</summary>
    public ModelRun Run(bool isAuto, int chunkSize = 0) => Run(isAuto, Content, chunkSize);

    /// <inheritdoc cref="Run(bool, int)"/>
    public ModelRun Run(bool isAuto, ReadOnlySpan<byte> content, int chunkSize = 0) => ModelRun.Of(Options(isAuto), content, chunkSize);

    /// <summary>That the transport has messages, nobody has to recognise.</summary>
    public ModelStreamOptions Options(bool isAuto) => new()
    {
        Protocol = isAuto ? ModelProtocol.Auto : Protocol,
        Framing = isAuto && Framing != FrameFormat.Message ? null : Framing,
    };
}
