using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using StreamingJson.ToolCalls.Messages;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>Follows the JSON text of one item: where each value begins and completes.</summary>
/// <remarks>
/// Events come in document order, so the values that are open are a stack, and the pointer of a new one follows from its top. When the text is put together
/// anew (a repetition was dropped, path patches were reordered), they come again from the root: a value that stands where it stood keeps its times.
/// </remarks>
internal sealed class ItemRecorder(StreamRecorder stream, ItemReport report) : IItemFollower
{
    private const int NotRecorded = -1;

    // A pointer repeats the names above it: without a limit they could be far more than the text.
    private const int MaxPointerLength = 1024;
    private const int MaxBytesOfUnit = 3;

    private readonly List<OpenValue> _open = new();
    private List<PathReport> _before = [];
    private int _unchanged;
    private long _unrecorded;

    public ItemReport Report { get; } = report;

    /// <inheritdoc/>
    public void Follow(StreamingJsonParser parser)
    {
        if (!stream.FollowsValues)
        {
            return;
        }

        foreach (JsonEvent next in parser.Events)
        {
            if (next.Kind == JsonEventKind.Started)
            {
                Begin(next);
            }
            else if (next.Kind == JsonEventKind.Completed && _open.Count > 0)
            {
                End(next);
            }
        }
    }

    /// <inheritdoc/>
    public void Forget()
    {
        _before = [.. Report.Paths];
        _unchanged = 0;
        _open.Clear();
        stream.TakeBackPaths(Report.Paths.Count, _unrecorded);
        _unrecorded = 0;
        Report.PathList.Clear();
    }

    private void Begin(in JsonEvent next)
    {
        JsonValueKind kind = next.Element.ValueKind;
        bool isContainer = kind is JsonValueKind.Object or JsonValueKind.Array;
        if (!isContainer)
        {
            stream.TakeFirstValue();
        }

        string? pointer = stream.WantsPointers ? PointerOf(next) : null;
        int path = NotRecorded;
        if (pointer is not null && stream.TryAddPath())
        {
            path = Report.Paths.Count;
            Report.PathList.Add(BegunAsBefore(path, new PathReport(pointer, kind, stream.Now, next.ByteRange.Start, stream.WireOffset)));
        }
        else
        {
            _unrecorded++;
            stream.CountUnrecordedPath();
        }

        _open.Add(new OpenValue(path, pointer, kind == JsonValueKind.Array));
    }

    private void End(in JsonEvent next)
    {
        OpenValue value = _open[_open.Count - 1];
        _open.RemoveAt(_open.Count - 1);
        if (value.Pointer is not null)
        {
            stream.TakeCompleted(value.Pointer);
        }

        if (value.Path != NotRecorded)
        {
            PathReport ended = Report.PathList[value.Path] with { CompletedAt = stream.Now, EndOffset = next.ByteRange.End, EndWireOffset = stream.WireOffset };
            bool isAsBefore = value.Path < _unchanged && _before[value.Path].EndOffset == ended.EndOffset;
            Report.PathList[value.Path] = isAsBefore ? _before[value.Path] : ended;
        }
    }

    private PathReport BegunAsBefore(int path, PathReport begun)
    {
        PathReport before = path == _unchanged && path < _before.Count ? _before[path] : default;
        if (before.Pointer != begun.Pointer || before.StartOffset != begun.StartOffset || before.Kind != begun.Kind)
        {
            return begun;
        }

        _unchanged++;
        return begun with { StartedAt = before.StartedAt, StartWireOffset = before.StartWireOffset };
    }

    // Null where it would be too long, or that of the container is not known.
    private string? PointerOf(in JsonEvent next)
    {
        if (_open.Count == 0)
        {
            return string.Empty;
        }

        OpenValue parent = _open[_open.Count - 1];
        _open[_open.Count - 1] = parent with { Children = parent.Children + 1 };
        if (parent.Pointer is null || next.PropertyNameUtf8.Length > MaxPointerLength * MaxBytesOfUnit)
        {
            return null;
        }

        string step = parent.IsArray
            ? parent.Children.ToString(CultureInfo.InvariantCulture)
            : Utf8Buffer.ToString(next.PropertyNameUtf8).Replace("~", "~0").Replace("/", "~1");
        return parent.Pointer.Length + 1 + step.Length <= MaxPointerLength ? parent.Pointer + "/" + step : null;
    }

    /// <param name="Path">Its place in the list of paths.</param>
    /// <param name="Pointer">Its pointer; <see langword="null"/> if that is not known.</param>
    /// <param name="IsArray">Whether its children are numbered.</param>
    /// <param name="Children">How many children began.</param>
    private readonly record struct OpenValue(int Path, string? Pointer, bool IsArray, int Children = 0);
}
