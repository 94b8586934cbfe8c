using System;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Binding;
using StreamingJson.Binding.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>What waits for the time: deltas at a pace, comments in silence. The clock is the test's.</summary>
public class PaceTests
{
    private readonly ManualTime _time = new();
    private readonly Pipe _source = new();
    private readonly Pipe _body = new();
    private readonly DefaultHttpContext _context = new();

    public PaceTests() => _context.Response.Body = _body.Writer.AsStream();

    [Fact]
    public async Task DeltasThatComeFaster_AreJoined_AndTheTimerBringsThem()
    {
        Task forwarding = Start(new ModelForwardOptions { Pace = Pace.Every(TimeSpan.FromMilliseconds(50)), TimeProvider = _time });
        await _time.ArmedAsync();
        await WriteAsync(Forwarded.Delta("a"));
        await ExpectAsync("\"delta\":\"a\"");
        await WriteAsync(Forwarded.Delta("b"), Forwarded.Delta("c"));
        await _time.ArmedAsync();
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.DoesNotContain("\"delta\":\"b\"", await ExpectAsync("\"delta\":\"bc\""), StringComparison.Ordinal);

        // Beginnings and ends are not held back, nor what stands before them.
        await WriteAsync(Forwarded.Delta("d"), Forwarded.CallDelta("{", "find"));
        string rest = await ExpectAsync("tool-input-start");
        Assert.Contains("\"delta\":\"d\"", rest, StringComparison.Ordinal);
        await _source.Writer.CompleteAsync();
        await ExpectAsync("[DONE]");
        await forwarding;
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public async Task APaceOfBytes_DoesNotWaitForTheTime()
    {
        Task forwarding = Start(new ModelForwardOptions { Pace = new Pace { Interval = Timeout.InfiniteTimeSpan, Bytes = 3 }, TimeProvider = _time });
        await WriteAsync(Forwarded.Delta("ab"), Forwarded.Delta("cd"));
        await ExpectAsync("\"delta\":\"abcd\"");
        await WriteAsync(Forwarded.Delta("e"));
        await _source.Writer.CompleteAsync();
        Assert.Contains("\"delta\":\"e\"", await ExpectAsync("[DONE]"), StringComparison.Ordinal);
        await forwarding;
    }

    [Fact]
    public async Task Silence_IsFilledWithComments_AlsoBeforeTheFirstEvent()
    {
        Task forwarding = Start(new ModelForwardOptions { Heartbeat = TimeSpan.FromSeconds(10), TimeProvider = _time });
        await _time.ArmedAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(": keep-alive\n\n", await ExpectAsync("\n\n"));
        await _time.ArmedAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(": keep-alive\n\n", await ExpectAsync("\n\n"));
        await WriteAsync(Forwarded.Delta("a"));
        await ExpectAsync("\"delta\":\"a\"");
        await _source.Writer.CompleteAsync();

        // After a comment the status is out: a failure is an event.
        Assert.Contains("\"type\":\"error\"", await ExpectAsync("[DONE]"), StringComparison.Ordinal);
        await forwarding;
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public async Task NoHeartbeat_NoTimer()
    {
        Task forwarding = Start(new ModelForwardOptions { Heartbeat = Timeout.InfiniteTimeSpan, TimeProvider = _time });
        await WriteAsync(Forwarded.Delta("a"));
        await ExpectAsync("\"delta\":\"a\"");
        Assert.Equal(0, _time.LiveTimers);
        await _source.Writer.CompleteAsync();
        await forwarding;
    }

    private async Task Start(ModelForwardOptions options)
    {
        await TypedResults.Extensions.ModelStream(_source.Reader, options).ExecuteAsync(_context);
        await _body.Writer.CompleteAsync();
    }

    private async Task WriteAsync(params string[] deltas)
    {
        string stream = Encoding.UTF8.GetString(Forwarded.Chat(deltas));
        await _source.Writer.WriteAsync(Encoding.UTF8.GetBytes(stream[..stream.IndexOf("data: {\"choices\":[{\"index\":0,\"delta\":{},", StringComparison.Ordinal)]));
    }

    private async Task<string> ExpectAsync(string text)
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var received = new StringBuilder();
        while (!received.ToString().Contains(text, StringComparison.Ordinal))
        {
            ReadResult read = await _body.Reader.ReadAsync(hang.Token);
            received.Append(Encoding.UTF8.GetString(read.Buffer));
            _body.Reader.AdvanceTo(read.Buffer.End);
            Assert.True(!read.IsCompleted || received.ToString().Contains(text, StringComparison.Ordinal), received.ToString());
        }

        return received.ToString();
    }
}
