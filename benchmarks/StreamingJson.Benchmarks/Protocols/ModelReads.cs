using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Reads an answer with the library's reader, and looks at the arguments, or at the text as JSON, after every delta.</summary>
internal sealed class ModelReads(ModelProtocol protocol) : IDisposable
{
    // A file of 256 KiB in deltas of four characters is more fragments than the limits allow a stranger.
    private static readonly ToolCallLimits Limits = ToolCallLimits.Default with { MaxFragments = 1 << 20 };

    private readonly ModelStreamReader _reader = new(new ModelStreamOptions { Protocol = protocol, Limits = Limits, ReadTextAsJson = true });

    /// <summary>A snapshot after every delta; what was seen of all of them.</summary>
    public long Read(ReadOnlySpan<byte> wire, ChunkSize size)
    {
        long seen = 0;
        _reader.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(wire, size))
        {
            _reader.Append(chunk);
            seen += ReadEvents();
        }

        _reader.Complete();
        return seen + ReadEvents();
    }

    /// <summary>The calls of the answer that was read last.</summary>
    public IReadOnlyList<WireCall> GetCalls() =>
        [.. _reader.Message.Items.OfType<ToolCall>().Select(c => new WireCall(c.Id, c.Name, c.IsSafeToExecute ? Encoding.UTF8.GetString(c.TextUtf8) : "not safe: " + c.Reasons))];

    /// <summary>The text of the answer that was read last.</summary>
    public string GetText() => string.Concat(_reader.Message.Items.Where(i => i.Kind == MessageItemKind.Text).Select(i => i.GetText()));

    /// <summary>Those of the arguments of all calls of the answer that was read last, together.</summary>
    public JsonMeters Meters
    {
        get
        {
            JsonMeters sum = default;
            foreach (MessageItem item in _reader.Message.Items)
            {
                if (item is ToolCall { Arguments.Meters: var meters })
                {
                    sum = new JsonMeters
                    {
                        BytesReceived = sum.BytesReceived + meters.BytesReceived,
                        BytesExamined = sum.BytesExamined + meters.BytesExamined,
                        BytesRetained = sum.BytesRetained + meters.BytesRetained,
                        Tokens = sum.Tokens + meters.Tokens,
                        Rows = sum.Rows + meters.Rows,
                    };
                }
            }

            return sum;
        }
    }

    public void Dispose() => _reader.Dispose();

    private long ReadEvents()
    {
        long seen = 0;
        while (_reader.TryRead(out ModelEvent e))
        {
            if (e.Kind == ModelEventKind.ArgumentsDelta)
            {
                seen += (int)e.ToolCall!.Snapshot.RootElement.ValueKind;
            }
            else if (e.Kind == ModelEventKind.TextDelta)
            {
                seen += (int)e.Item!.TextSnapshot.RootElement.ValueKind;
            }
        }

        return seen;
    }
}
