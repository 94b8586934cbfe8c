using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StreamingJson.Binding;

namespace StreamingJson.ToolCalls;

/// <content>What may stop the stream because of what the model writes.</content>
public sealed partial class ModelStream
{
    private readonly List<Guard> _guards = [];
    private bool _isStopped;
    private bool _isSourceEnded;

    /// <summary>Where a guard stopped the stream: path, pointer and offset within the text or the arguments; <see langword="null"/> if none did.</summary>
    public StreamStop? Stop => _guards.Find(guard => guard.Watch.Stop is not null)?.Watch.Stop;

    /// <summary>How the stream ended: that of <see cref="Message"/>, or <see cref="StreamOutcome.Stopped"/>.</summary>
    public StreamOutcome Outcome =>
        Message.Outcome == JsonOutcome.Partial ? StreamOutcome.Running : Stop is not null ? StreamOutcome.Stopped : (StreamOutcome)Message.Outcome;

    /// <summary>
    /// Stops the stream when a value of the structured output says so. Nothing more is read: the source is ended with the next
    /// <see cref="ReadAsync"/> (unless it was left open), the events of what had arrived come first, and then the end: open calls are
    /// <see cref="ToolCallOutcome.Truncated"/>.
    /// </summary>
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

    /// <summary>Stops the stream when the arguments of a tool call say so; otherwise as <see cref="StopOnText"/>.</summary>
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
        if (modelEvent.Item?.Parser is not { } parser
            || modelEvent.Kind is not (ModelEventKind.TextDelta or ModelEventKind.ToolCallStarted or ModelEventKind.ArgumentsDelta))
        {
            return;
        }

        foreach (Guard guard in _guards)
        {
            bool isWatched = guard.IsOfText
                ? modelEvent.Kind == ModelEventKind.TextDelta
                : modelEvent.ToolCall is { } call && (guard.ToolName is null || guard.ToolName == call.Name);
            if (isWatched)
            {
                guard.Watch.Watch(parser);
            }
        }

        if (Stop is not null && !_isStopped)
        {
            _isStopped = true;
            Reader.Abort();
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
