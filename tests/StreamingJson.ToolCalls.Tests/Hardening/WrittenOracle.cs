using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Framing;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// A reading of a stream that knows no protocol: which strings and objects are written in it, in which order, and where it says that something is
/// over. A call that is safe must be made of these and of nothing else: its name is one of the strings, its arguments are some of the strings one
/// behind the other (or one of the objects), and an end is said with the last of them or later.
/// </summary>
internal sealed class WrittenOracle
{
    private readonly List<(string Text, int Frame)> _strings = [];
    private readonly List<(JsonElement Value, int Frame)> _objects = [];
    private readonly List<string> _frames = [];

    public WrittenOracle(FrameFormat framing, byte[] stream)
    {
        using var frames = new FrameReader(framing, new FrameReaderOptions { DeliverUnterminated = true, ReportUnknownFields = true });
        bool isMessages = framing == FrameFormat.Message;
        int at = 0;
        while (at < stream.Length || !frames.IsCompleted)
        {
            int end = isMessages ? Array.IndexOf(stream, (byte)'\n', at) + 1 : 0;
            end = end > 0 ? end : stream.Length;
            frames.Append(stream.AsSpan(at, end - at));
            at = end;
            if (isMessages && stream.Length > 0)
            {
                frames.EndMessage();
            }

            if (at == stream.Length)
            {
                frames.Complete();
            }

            while (frames.TryRead(out Frame frame))
            {
                Add(System.Text.Encoding.UTF8.GetString(frame.EventType), frame.Data.IsEmpty ? frame.RawLine.ToArray() : frame.Data.ToArray());
            }

            if (frames.Error is not null)
            {
                break;
            }
        }
    }

    /// <summary>Why the call is not one that is written in the stream; null if it is.</summary>
    public string? Doubt(ToolCall call, string[] ends, bool isNameInPieces)
    {
        if (!_strings.Any(written => written.Text == call.Name) && (!isNameInPieces || LastPieceOf(call.Name) == int.MaxValue))
        {
            return "no such name";
        }

        string arguments = call.GetText();
        int last = LastFrameOf(arguments);
        if (last < 0)
        {
            return "no such arguments";
        }

        return _frames.Skip(last).Any(frame => ends.Any(end => frame.Contains(end, StringComparison.Ordinal))) ? null : "no end";
    }

    /// <summary>The earliest frame with which the text can be whole: strings put one behind the other, in order, or an object; -1 if there is none.</summary>
    private int LastFrameOf(string text)
    {
        // Arguments that nobody wrote are none.
        int best = text is "" or "{}" ? 0 : LastPieceOf(text);
        using JsonDocument value = JsonDocument.Parse(text.Trim().Length == 0 ? "{}" : text);
        foreach ((JsonElement written, int frame) in _objects.Where(written => JsonElement.DeepEquals(written.Value, value.RootElement)))
        {
            best = Math.Min(best, frame);
        }

        return best == int.MaxValue ? -1 : best;
    }

    private int LastPieceOf(string text)
    {
        bool[] reached = new bool[text.Length + 1];
        reached[0] = true;
        foreach ((string piece, int frame) in _strings.Where(written => written.Text.Length > 0))
        {
            for (int at = text.Length - piece.Length; at >= 0; at--)
            {
                reached[at + piece.Length] |= reached[at] && string.CompareOrdinal(text, at, piece, 0, piece.Length) == 0;
            }

            if (reached[text.Length])
            {
                return frame;
            }
        }

        return int.MaxValue;
    }

    private void Add(string eventType, byte[] data)
    {
        _frames.Add(eventType + " " + System.Text.Encoding.UTF8.GetString(data));
        try
        {
            // What is no UTF-8 reads as U+FFFD, as it does in the call, which is not safe then.
            using JsonDocument document = JsonDocument.Parse(System.Text.Encoding.UTF8.GetString(data));
            Collect(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // Not a payload.
        }
    }

    private void Collect(JsonElement element)
    {
        int frame = _frames.Count - 1;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                _objects.Add((element, frame));
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Collect(property.Value);
                    if (property.NameEquals("bytes") && property.Value.ValueKind == JsonValueKind.String && property.Value.TryGetBytesFromBase64(out byte[]? inner))
                    {
                        _frames[frame] += System.Text.Encoding.UTF8.GetString(inner);
                        using JsonDocument document = JsonDocument.Parse(inner);
                        Collect(document.RootElement.Clone());
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Collect(item);
                }

                break;
            case JsonValueKind.String when !element.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase):
                _strings.Add((element.GetString()!, frame));
                break;
        }
    }
}
