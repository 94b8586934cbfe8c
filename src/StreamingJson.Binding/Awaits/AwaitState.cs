using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>What the one who writes has published: the document as it was after an operation. A value.</summary>
internal readonly struct AwaitState
{
    public AwaitState(StreamingJsonParser parser, int version)
    {
        View = parser.Document.View;
        Version = version;
        Outcome = parser.Outcome;
        Offset = Outcome is JsonOutcome.Invalid ? parser.Document.ErrorOffset : View.ByteCount;
    }

    /// <summary>The document then.</summary>
    public TapeView View { get; }

    /// <summary>Another one with each publication.</summary>
    public int Version { get; }

    public JsonOutcome Outcome { get; }

    /// <summary>Where the text ends so far, or stopped being valid.</summary>
    public int Offset { get; }

    public bool IsEnded => Outcome != JsonOutcome.Partial;

    /// <summary>Why nothing comes any more.</summary>
    public JsonAwaitException Failure(PathPattern path, bool hasBegun) => new(
        Outcome switch
        {
            JsonOutcome.Truncated => JsonAwaitFailure.Truncated,
            JsonOutcome.Invalid => JsonAwaitFailure.Invalid,
            JsonOutcome.Complete when !hasBegun => JsonAwaitFailure.NotPresent,
            _ => JsonAwaitFailure.Abandoned,
        },
        path,
        Offset);
}
