using System.Collections.Generic;
using Anthropic;
using Anthropic.Models.Messages;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Messages by the official Anthropic package.</summary>
internal sealed class AnthropicSdkReads(ChunkSize size) : SdkReads(size)
{
    private static readonly MessageCreateParams Request = new()
    {
        Model = "claude-sonnet-4-5",
        MaxTokens = 1024,
        Messages = [new UserMessageParam { Content = "?" }],
    };

    private AnthropicClient? _anthropic;

    protected override IReadOnlyList<WireCall> Read(Deadline deadline)
    {
        _anthropic ??= new AnthropicClient { ApiKey = "none", HttpClient = Client, MaxRetries = 0 };
        var calls = new CallsByIndex();
        IAsyncEnumerator<RawMessageStreamEvent> events = _anthropic.Messages.CreateStreaming(Request).GetAsyncEnumerator();
        try
        {
            while (Synchronously.Get(events.MoveNextAsync()))
            {
                deadline.Spend(Deadline.BytesOfItem);
                if (events.Current.TryPickContentBlockStart(out RawContentBlockStartEvent? start) && start.ContentBlock.TryPickToolUse(out ToolUseBlock? call))
                {
                    calls.Start((int)start.Index, call.ID, call.Name);
                }
                else if (events.Current.TryPickContentBlockDelta(out RawContentBlockDeltaEvent? delta) && delta.Delta.TryPickInputJson(out InputJsonDelta? json))
                {
                    calls.Append((int)delta.Index, json.PartialJson);
                }
            }
        }
        finally
        {
            Synchronously.Wait(events.DisposeAsync());
        }

        return calls.ToCalls();
    }
}
