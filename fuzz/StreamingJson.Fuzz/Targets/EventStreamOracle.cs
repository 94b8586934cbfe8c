using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using Latin1 = StreamingJson.Framing.Tests.Text;

namespace StreamingJson.Fuzz.Targets;

/// <summary>An AWS event stream read from top to bottom over the whole of it, written against the description of the format; in the words of <see cref="Outcome"/>.</summary>
internal sealed class EventStreamOracle(byte[] stream, int maxFrameBytes, int maxHeaderBytes)
{
    private readonly StringBuilder _log = new();

    public static string Interpret(byte[] stream, FrameReaderOptions options)
    {
        var oracle = new EventStreamOracle(stream, options.MaxFrameBytes, options.MaxHeaderBytes);
        (FramingErrorCode? code, int offset) = oracle.ReadAll();
        oracle._log.Append(CultureInfo.InvariantCulture, $"error {code} at {offset}; id ''; retry ");
        return oracle._log.ToString();
    }

    private (FramingErrorCode? Code, int Offset) ReadAll()
    {
        int at = 0;
        while (at < stream.Length)
        {
            if (stream.Length - at < 12)
            {
                return (FramingErrorCode.UnexpectedEnd, stream.Length);
            }

            (FramingErrorCode? code, int offset, int end) = ReadMessage(at);
            if (code is not null)
            {
                return (code, offset);
            }

            at = end;
        }

        return (null, -1);
    }

    private (FramingErrorCode? Code, int Offset, int End) ReadMessage(int at)
    {
        uint total = Number(at);
        uint headersLength = Number(at + 4);
        if (Number(at + 8) != MessageBuilder.Crc(stream.AsSpan(at, 8)))
        {
            return (FramingErrorCode.PreludeChecksumMismatch, at + 8, 0);
        }

        if (total < 16 || total > (uint)maxFrameBytes)
        {
            return (total < 16 ? FramingErrorCode.InvalidLength : FramingErrorCode.FrameTooLong, at, 0);
        }

        if (headersLength > total - 16 || headersLength > (uint)maxHeaderBytes)
        {
            return (headersLength > total - 16 ? FramingErrorCode.InvalidLength : FramingErrorCode.HeadersTooLong, at + 4, 0);
        }

        if (at + total > stream.Length)
        {
            return (FramingErrorCode.UnexpectedEnd, stream.Length, 0);
        }

        int end = at + (int)total;
        if (Number(end - 4) != MessageBuilder.Crc(stream.AsSpan(at, (int)total - 4)))
        {
            return (FramingErrorCode.MessageChecksumMismatch, end - 4, 0);
        }

        var headers = new List<Header>();
        int headersEnd = at + 12 + (int)headersLength;
        for (int next = at + 12; next < headersEnd;)
        {
            if (headers.Count == 256)
            {
                return (FramingErrorCode.TooManyHeaders, next, 0);
            }

            if (ReadHeader(next, headersEnd) is not { } header)
            {
                return (FramingErrorCode.InvalidHeader, next, 0);
            }

            if (headers.Any(other => other.Name == header.Name))
            {
                return (FramingErrorCode.DuplicateHeader, next, 0);
            }

            headers.Add(header);
            next = header.End;
        }

        Log(at, end, headers, Latin1.Of(stream.AsSpan(headersEnd, end - 4 - headersEnd)));
        return (null, -1, end);
    }

    private Header? ReadHeader(int at, int limit)
    {
        int nameLength = stream[at];
        int typeAt = at + 1 + nameLength;
        if (nameLength == 0 || typeAt >= limit)
        {
            return null;
        }

        int valueAt = typeAt + 1;
        int length;
        switch (stream[typeAt])
        {
            case 0 or 1:
                length = 0;
                break;
            case 2:
                length = 1;
                break;
            case 3:
                length = 2;
                break;
            case 4:
                length = 4;
                break;
            case 5 or 8:
                length = 8;
                break;
            case 9:
                length = 16;
                break;
            case 6 or 7 when valueAt + 2 <= limit:
                length = (stream[valueAt] << 8) | stream[valueAt + 1];
                valueAt += 2;
                break;
            default:
                return null;
        }

        return valueAt + length > limit
            ? null
            : new Header(Latin1.Of(stream.AsSpan(at + 1, nameLength)), stream[typeAt], Latin1.Of(stream.AsSpan(valueAt, length)), valueAt + length);
    }

    private void Log(int start, int end, List<Header> headers, string payload)
    {
        string TextOf(string name) => headers.Find(header => header.Name == name && header.Type == 7)?.Value ?? "";
        FrameFlags flags = TextOf(":message-type") switch
        {
            "exception" => FrameFlags.Exception,
            "error" => FrameFlags.Error,
            _ => FrameFlags.None,
        };
        string type = TextOf(flags == FrameFlags.Exception ? ":exception-type" : flags == FrameFlags.Error ? ":error-code" : ":event-type");
        string all = string.Concat(headers.Select(header => $"[{header.Name} {(EventStreamHeaderType)header.Type} {header.Value}]"));
        _log.AppendLine(CultureInfo.InvariantCulture, $"{start}..{end} {flags} type '{type}' id '' data '{payload}' line '' {all}");
    }

    private uint Number(int at) => ((uint)stream[at] << 24) | ((uint)stream[at + 1] << 16) | ((uint)stream[at + 2] << 8) | stream[at + 3];

    private sealed record Header(string Name, byte Type, string Value, int End);
}
