using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>The function calls of one stream.</summary>
/// <remarks>The reader is not disposed: the contents that were given away look at its arrays, and the garbage collector has them when nobody looks any more.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "See the remarks.")]
internal sealed class PartialCalls
{
    private readonly StreamingJsonChatOptions _options;
    private readonly ModelStreamReader _reader;
    private readonly List<ToolCall> _changed = [];
    private readonly Dictionary<ToolCall, CallPartials> _partials = [];
    private readonly HashSet<string> _executed = [];
    private bool _isProviderRead;
    private int _wholeCalls;

    public PartialCalls(StreamingJsonChatOptions options)
    {
        _options = options;
        _reader = new ModelStreamReader(ModelStreamOptions.Default with { Limits = options.Limits });
    }

    /// <summary>Adds to an update the calls that it went on with.</summary>
    public void AddTo(ChatResponseUpdate update)
    {
        if (TryRead(ProviderUpdateOf(update)))
        {
            _isProviderRead = true;
        }
        else if (!_isProviderRead)
        {
            ReadWholeCalls(update);
        }

        TakeExecuted(update);
        Add(update);
    }

    /// <summary>The stream is over: an update with the calls that ended by that, if there are any.</summary>
    public bool TryEnd(ChatResponseUpdate? last, bool isBroken, [NotNullWhen(true)] out ChatResponseUpdate? end)
    {
        if (isBroken)
        {
            _reader.Abort();
        }
        else
        {
            _reader.Complete();
        }

        TakeChanges();
        end = _changed.Count == 0 ? null : new ChatResponseUpdate
        {
            Role = last?.Role ?? ChatRole.Assistant,
            AuthorName = last?.AuthorName,
            ResponseId = last?.ResponseId,
            MessageId = last?.MessageId,
            ConversationId = last?.ConversationId,
            ModelId = last?.ModelId,
        };
        if (end is not null)
        {
            Add(end);
        }

        return end is not null;
    }

    // Clients around clients wrap each other's updates.
    private static object? ProviderUpdateOf(ChatResponseUpdate update)
    {
        object? raw = update.RawRepresentation;
        while (raw is ChatResponseUpdate inner)
        {
            raw = inner.RawRepresentation;
        }

        return raw;
    }

    private bool TryRead(object? update)
    {
        for (int i = 0; update is not null && i < _options.Adapters.Count; i++)
        {
            if (_options.Adapters[i].TryAppend(update, _reader))
            {
                TakeChanges();
                return true;
            }
        }

        return false;
    }

    // Nothing is streamed of these: they come whole.
    private void ReadWholeCalls(ChatResponseUpdate update)
    {
        foreach (AIContent content in update.Contents)
        {
            if (content is FunctionCallContent { Exception: null } call)
            {
                for (int step = 0; step < WholeCallPayload.Steps; step++)
                {
                    WholeCallPayload.Write(step, call, _wholeCalls, _reader.StartPayload());
                    _reader.EndPayload();
                    TakeChanges();
                }

                _wholeCalls++;
            }
        }
    }

    // Clients say afterwards that somebody has run a call: they repeat it for information, or bring its result.
    private void TakeExecuted(ChatResponseUpdate update)
    {
        for (int i = 0; i < update.Contents.Count; i++)
        {
            string? id = update.Contents[i] switch
            {
                FunctionCallContent { InformationalOnly: true } call => call.CallId,
                FunctionResultContent result => result.CallId,
                _ => null,
            };
            if (!string.IsNullOrEmpty(id) && _executed.Add(id!))
            {
                ShowAgain(id!);
            }
        }
    }

    private void ShowAgain(string id)
    {
        foreach (ToolCall call in _partials.Keys)
        {
            if (call.Id == id && !call.IsProviderExecuted && !_changed.Contains(call))
            {
                _changed.Add(call);
            }
        }
    }

    private void TakeChanges()
    {
        while (_reader.TryRead(out ModelEvent modelEvent))
        {
            if (modelEvent.ToolCall is { } call && !_changed.Contains(call) &&
                modelEvent.Kind is (ModelEventKind.ToolCallStarted or ModelEventKind.ArgumentsDelta or ModelEventKind.ToolCallEnded))
            {
                _changed.Add(call);
            }
        }
    }

    private void Add(ChatResponseUpdate update)
    {
        foreach (ToolCall call in _changed)
        {
            if (!_partials.TryGetValue(call, out CallPartials? partials))
            {
                _partials.Add(call, partials = new CallPartials(call.Arguments));
            }

            update.Contents.Add(new PartialFunctionCallContent(call, partials, _executed.Contains(call.Id)));
        }

        _changed.Clear();
    }
}
