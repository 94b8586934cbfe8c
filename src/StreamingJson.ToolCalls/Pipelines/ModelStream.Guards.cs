using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StreamingJson.Binding;

namespace StreamingJson.ToolCalls;

/// <content>What may stop the stream because of what the model writes.</content>
public sealed partial class ModelStream
{
    private readonly List<Guard> _guards = [];

    // Those that are open, and how much of their name the guards know.
    private readonly List<(ToolCall Call, int NameLength)> _openCalls = [];
    private bool _isStopped;
    private bool _isSourceEnded;

    /// <summary>Where a guard stopped the stream: path, pointer and offset within the text or the arguments; <see langword="null"/> if none did.</summary>
    public StreamStop? Stop => _guards.Find(guard => guard.Watch.Stop is not null)?.Watch.Stop;

    /// <summary>How the stream ended: that of <see cref="Message"/>, or <see cref="StreamOutcome.Stopped"/>.</summary>
    public StreamOutcome Outcome =>
        Message.Outcome == JsonOutcome.Partial ? StreamOutcome.Running : Stop is not null ? StreamOutcome.Stopped : (StreamOutcome)Message.Outcome;

    /// <summary>
    /// Stops the stream when a value of the structured output says so. Nothing more is read: the source is ended with the next
    /// <see cref="ReadAsync"/> (unless it was left open), what had arrived is told first, and then the end.
    /// </summary>
    /// <remarks>
    /// No call of the message is safe to execute from then on (<see cref="UnsafeReasons.Stopped"/>), those that had ended included. Open ones are
    /// <see cref="ToolCallOutcome.Truncated"/> and take nothing of what had arrived behind the stop, neither arguments nor an end: so the verdict does not depend on the chunks.
    /// </remarks>
    /// <param name="path">The values that are looked at (<see cref="PathPattern"/>), in every visible text.</param>
    /// <param name="stopWhen">Called with such a value, complete or growing; <see langword="true"/> stops. What it throws comes out of <see cref="TryRead"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="InvalidOperationException">The text is not read as JSON: see <see cref="ModelStreamOptions.ReadTextAsJson"/>.</exception>
    public void StopOnText(string path, Func<PartialJsonElement, bool> stopWhen)
    {
        if (!Reader.Options.ReadTextAsJson)
        {
            throw new InvalidOperationException("The text is not read as JSON: set ReadTextAsJson in the options.");
        }

        _guards.Add(new Guard(new PathGuard(path, stopWhen), IsOfText: true, ToolName: null));
    }

    /// <summary>
    /// Stops the stream when the arguments of a tool call say so; otherwise as <see cref="StopOnText"/>. Where the name of the tool comes behind the arguments,
    /// they are looked at with the next event, that of the call's end at the latest, before it is told.
    /// </summary>
    /// <param name="path">The values that are looked at.</param>
    /// <param name="stopWhen">Called with such a value, complete or growing; <see langword="true"/> stops.</param>
    /// <param name="toolName">The calls that are looked at; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="stopWhen"/> is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    public void StopOnArguments(string path, Func<PartialJsonElement, bool> stopWhen, string? toolName = null) =>
        _guards.Add(new Guard(new PathGuard(path, stopWhen), IsOfText: false, toolName));

    // An item's parser is known with its first event; it has then read what came with it, and the guard looks at that at once.
    private void Look(in ModelEvent modelEvent)
    {
        FindTextParser(modelEvent);
        if (modelEvent is { Kind: ModelEventKind.TextDelta, Item.Parser: { } parser })
        {
            Watch(parser, call: null);
        }
        else if (modelEvent is { Kind: ModelEventKind.ToolCallStarted or ModelEventKind.ArgumentsDelta, ToolCall: { } call })
        {
            Watch(call.Parser!, call);
        }

        WatchNamed(modelEvent);
        if (_isStopped)
        {
            modelEvent.ToolCall?.Stop();
        }
        else if (Stop is not null)
        {
            _isStopped = true;
            StopCalls();
            Reader.Abort();
        }
    }

    private void Watch(StreamingJsonParser parser, ToolCall? call)
    {
        foreach (Guard guard in _guards)
        {
            if (guard.IsOfText ? call is null : call is not null && (guard.ToolName is null || guard.ToolName == call.Name))
            {
                guard.Watch.Watch(parser);
            }
        }
    }

    // A name may come behind the arguments, or go on there, and has no event of its own: the next one shows it, that of the call's end at the latest.
    private void WatchNamed(in ModelEvent modelEvent)
    {
        if (modelEvent is { Kind: ModelEventKind.ToolCallStarted, ToolCall: { } started })
        {
            _openCalls.Add((started, started.NameUtf8.Length));
        }

        for (int i = _openCalls.Count - 1; i >= 0; i--)
        {
            (ToolCall call, int nameLength) = _openCalls[i];
            if (call.NameUtf8.Length != nameLength)
            {
                _openCalls[i] = (call, call.NameUtf8.Length);
                Watch(call.Parser!, call);
            }

            if (modelEvent.Kind == ModelEventKind.ToolCallEnded && modelEvent.ToolCall == call)
            {
                _openCalls.RemoveAt(i);
            }
        }
    }

    private void StopCalls()
    {
        foreach (MessageItem item in Message.Items)
        {
            (item as ToolCall)?.Stop();
        }
    }

    private ValueTask EndSourceAsync()
    {
        if (_isSourceEnded)
        {
            return default;
        }

        _isSourceEnded = true;
        return _source.EndAsync();
    }

    private sealed record Guard(PathGuard Watch, bool IsOfText, string? ToolName);
}
