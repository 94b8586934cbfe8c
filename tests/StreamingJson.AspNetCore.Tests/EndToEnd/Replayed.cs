using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;

namespace StreamingJson.AspNetCore.Tests.EndToEnd;

/// <summary>A provider on a socket of this machine: <c>streamingjson replay</c>, inside this process.</summary>
internal sealed class Replayed : IAsyncDisposable
{
    private readonly Channel<ReplayedRequest> _requests = Channel.CreateUnbounded<ReplayedRequest>();
    private ReplayServer _server = null!;

    public Uri Address => _server.Address;

    public static Task<Replayed> StartAsync(params string[] fixtures) => StartAsync(options => options, fixtures);

    public static Task<Replayed> StartAsync(Func<ReplayOptions, ReplayOptions> configure, params string[] fixtures) =>
        StartAsync(configure, [.. fixtures.Select(name => ReplayRecording.Read(name, Fixture.Load(name).Content))]);

    public static async Task<Replayed> StartAsync(Func<ReplayOptions, ReplayOptions> configure, IReadOnlyList<ReplayRecording> recordings)
    {
        var replayed = new Replayed();
        ReplayOptions options = configure(new ReplayOptions(recordings) { Speed = 0 });
        replayed._server = await ReplayServer.StartAsync(options with { OnRequest = request => replayed._requests.Writer.TryWrite(request) });
        return replayed;
    }

    /// <summary>The next request that ended; waits for it.</summary>
    public async Task<ReplayedRequest> EndedAsync()
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _requests.Reader.ReadAsync(hang.Token);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>What the library says of the recording itself.</summary>
    public static ModelMessage Direct(string fixture) => Fixture.Load(fixture).Run(isAuto: false).Message;

    /// <summary>What two ways have in common: texts, and of calls identity, arguments and verdict.</summary>
    public static IReadOnlyList<string> Describe(ModelMessage message) =>
    [
        string.Concat(message.Items.Where(item => item.Kind == MessageItemKind.Text).Select(item => item.GetText())),
        .. message.Items.OfType<ToolCall>().Select(call => $"{call.Id} {call.Name} {call.GetText()} {call.Outcome} {call.Reasons}"),
    ];
}
