using System;
using Microsoft.AspNetCore.Http;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>One way to write an answer as events. It is told of everything once and in order, and waits for nothing.</summary>
internal abstract class FormatWriter(EventOutput output)
{
    /// <summary>Where it writes.</summary>
    protected EventOutput Output { get; } = output;

    public static FormatWriter Create(ModelForwardOptions options, EventOutput output) => options.Format switch
    {
        ModelStreamFormat.UIMessageStream => new UIMessageStreamWriter(options, output),
        ModelStreamFormat.AgUI => new AgUIWriter(options, output),
        ModelStreamFormat.JsonPatch => new PatchStreamWriter(options, output),
        _ => throw new ArgumentOutOfRangeException(nameof(options)),
    };

    /// <summary>Whether a call is not told of before its arguments begin: its name may come in pieces, and cannot be told again.</summary>
    public virtual bool WaitsForArguments => false;

    /// <summary>Whether texts and calls may grow in turns, and each says of which choice it is: then alternative answers have all a place.</summary>
    public virtual bool IsInterleaved => false;

    /// <summary>Headers that the format asks for.</summary>
    public virtual void SetHeaders(IHeaderDictionary headers)
    {
    }

    /// <summary>The answer begins.</summary>
    public abstract void Start(ModelMessage message);

    /// <summary>A text, reasoning or call begins, or a text goes on that was ended because something came between.</summary>
    public abstract void Begin(ForwardedItem item);

    /// <summary>It grew by what is pending of it; not empty.</summary>
    public abstract void Grow(ForwardedItem item);

    /// <summary>It ends; of a call, the verdict is known. Of a call that has ended: the verdict is another now.</summary>
    public abstract void End(ForwardedItem item);

    /// <summary>The answer ends well.</summary>
    /// <param name="reason">Why it ended, the first one where there are several.</param>
    public abstract void Finish(FinishReason reason);

    /// <summary>The answer ends badly.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="description">For the client's eyes.</param>
    public abstract void Fail(ForwardOutcome outcome, string description);
}
