using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using StreamingJson.Framing;
using StreamingJson.Tool;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>Streams in the wire format of every provider: <c>(protocol)/(scenario).(framing)</c>, and the samples inside the tool.</summary>
internal static class Fixtures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>All but those of WebSockets, whose messages have no end in a file.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(name => Path.GetExtension(name) is ".sse" or ".ndjson" or ".eventstream" or ".json")
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static ModelProtocol ProtocolOf(string name)
    {
        Assert.True(ModelProtocolNames.TryParse(name.Split('/')[0], out ModelProtocol protocol), name);
        return protocol;
    }

    public static FrameFormat FramingOf(string name) => Path.GetExtension(name) switch
    {
        ".sse" => FrameFormat.ServerSentEvents,
        ".ndjson" => FrameFormat.NdJson,
        ".eventstream" => FrameFormat.AwsEventStream,
        _ => FrameFormat.JsonArray,
    };

    public static byte[] Sample(string name)
    {
        using Stream stream = typeof(ToolProgram).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
