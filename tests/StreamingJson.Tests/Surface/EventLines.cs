using System.Collections.Generic;

namespace StreamingJson.Tests.Surface;

/// <summary>Events as lines that can be read: <c>delta /a "text"</c>.</summary>
internal static class EventLines
{
    public static List<string> Of(StreamingJsonParser parser)
    {
        var lines = new List<string>();
        foreach (JsonEvent change in parser.Events)
        {
            lines.Add(Of(change));
        }

        return lines;
    }

    public static string Of(JsonEvent change) => change.Kind switch
    {
        JsonEventKind.Started => $"started {change.GetPointer()}",
        JsonEventKind.StringDelta => $"delta {change.GetPointer()} \"{Reading.Utf8(change.TextUtf8)}\"",
        JsonEventKind.Completed => $"completed {change.GetPointer()} = {change.Element}",
        _ => "document completed",
    };
}
