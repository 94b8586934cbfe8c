using System;

namespace StreamingJson.Tests.Support;

/// <summary>How a text ended, and where.</summary>
public sealed record Verdict(JsonOutcome Outcome, JsonErrorCode Code, long Offset, string Pointer)
{
    public static Verdict Of(StreamingJsonParser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        return Of(parser.Outcome, parser.Error);
    }

    public static Verdict Of<THandler>(JsonEventParser<THandler> parser)
        where THandler : struct, IJsonEventHandler
    {
        ArgumentNullException.ThrowIfNull(parser);
        return Of(parser.Outcome, parser.Error);
    }

    private static Verdict Of(JsonOutcome outcome, StreamingJsonException? error) =>
        new(outcome, error?.Code ?? JsonErrorCode.None, error?.ByteOffset ?? -1, error?.Pointer ?? "");
}
