using System;
using System.Globalization;
using System.Text;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// The WHATWG algorithm ("9.2.6 Interpreting an event stream") read from top to bottom over the whole text, with the two choices that the
/// reader offers. Written against the standard,
/// not against the reader; slow and obvious. The text is Latin-1, one char a byte.
/// </summary>
internal static class ServerSentEventsOracle
{
    public static string Interpret(string stream, bool reportUnknown, bool deliverUnterminated)
    {
        var log = new StringBuilder();
        string data = "", eventType = "", idBuffer = "", lastEventId = "";
        int? retry = null;
        long eventStart = -1;
        int at = stream.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? 3 : 0;

        void Dispatch(long end, FrameFlags flags)
        {
            if (data.Length > 0)
            {
                string type = eventType.Length == 0 ? "message" : eventType;
                Log(eventStart, end, flags, type, idBuffer, data[..^1], "");
            }

            data = "";
            eventType = "";
            eventStart = -1;
        }

        void Log(long start, long end, FrameFlags flags, string type, string id, string text, string line) =>
            log.AppendLine(CultureInfo.InvariantCulture, $"{start}..{end} {flags} type '{type}' id '{id}' data '{text}' line '{line}' ");

        while (at < stream.Length)
        {
            int end = stream.IndexOfAny(['\r', '\n'], at);
            bool isTerminated = end >= 0;
            if (!isTerminated && !deliverUnterminated)
            {
                break;
            }

            end = isTerminated ? end : stream.Length;
            string line = stream[at..end];
            int start = at;
            int behind = isTerminated ? end + 1 : end;
            at = behind;
            if (isTerminated && stream[end] == '\r' && at < stream.Length && stream[at] == '\n')
            {
                at++;
            }

            if (line.Length == 0)
            {
                lastEventId = idBuffer;
                Dispatch(behind, FrameFlags.None);
                continue;
            }

            if (line[0] == ':')
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string field = colon < 0 ? line : line[..colon];
            string value = colon < 0 ? "" : line[(colon + 1)..];
            if (value.StartsWith(' '))
            {
                value = value[1..];
            }

            bool isKnown = true;
            switch (field)
            {
                case "event":
                    eventType = value;
                    break;
                case "data":
                    data += value + "\n";
                    break;
                case "id":
                    idBuffer = value.Contains('\0', StringComparison.Ordinal) ? idBuffer : value;
                    break;
                case "retry":
                    bool isNumber = value.Length > 0 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
                    retry = !isNumber ? retry : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int ms) ? ms : int.MaxValue;
                    break;
                default:
                    isKnown = false;
                    break;
            }

            if (isKnown && eventStart < 0)
            {
                eventStart = start;
            }

            if (!isKnown && reportUnknown)
            {
                Log(start, behind, FrameFlags.UnknownField | (isTerminated ? 0 : FrameFlags.Unterminated), field, "", value, line);
            }
        }

        if (deliverUnterminated)
        {
            Dispatch(stream.Length, FrameFlags.Unterminated);
        }

        log.Append(CultureInfo.InvariantCulture, $"error  at -1; id '{lastEventId}'; retry {retry}");
        return log.ToString();
    }
}
