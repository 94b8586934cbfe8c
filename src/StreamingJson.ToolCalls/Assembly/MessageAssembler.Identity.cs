using System;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>Which call a piece belongs to: the rule that survives every gateway that was seen.</content>
internal sealed partial class MessageAssembler
{
    // The call whose name became longer with this payload. Arguments do not come with a piece of a name: it may be another call.
    private ToolCall? _joinedName;

    /// <summary>Finds or begins the call that a piece belongs to, where pieces are told apart by index, id and name (OpenAI Chat and what looks like it).</summary>
    /// <remarks>
    /// By index, the newest with it; without an index by id, else the newest call. A new id <em>with</em> a name on an index in use is a new call. Empty,
    /// <c>null</c> and equal repeats of id and name are ignored. A name that goes on before any argument is joined.
    /// </remarks>
    /// <param name="choice">The choice.</param>
    /// <param name="index">The index, if there is one.</param>
    /// <param name="id">The id, if there is one.</param>
    /// <param name="name">The name, if there is one.</param>
    /// <param name="position">Which item of its array the piece is.</param>
    /// <param name="count">How many items the array has.</param>
    /// <returns>The call; <see langword="null"/> if a limit does not even let it be listed.</returns>
    public ToolCall? ResolveCall(long choice, EnvelopeValue index, EnvelopeValue id, EnvelopeValue name, int position, int count)
    {
        ToolCall? call;
        if (index.TryGetInt64(out long number))
        {
            call = FindCall(choice, number);
            if (call is null && FindById(choice, id) is { } drifted)
            {
                if (!name.IsText && !drifted.IsEndQueued)
                {
                    drifted.Doubt(UnsafeReasons.IdentityDoubt);
                    Report(AnomalyKind.IndexDrifted, drifted);
                    return drifted;
                }

                return StartCall(choice, number, id, name);
            }
        }
        else
        {
            bool isAmbiguous = !id.IsText && count <= 1 && CountCalls(choice) > 1;
            number = count > 1 ? position : CountCalls(choice);
            call = FindById(choice, id);
            call ??= id.IsText && name.IsText ? null : count > 1 ? FindCall(choice, position) : FindLastCall(choice);
            if (call is not null && isAmbiguous)
            {
                call.Doubt(UnsafeReasons.IdentityDoubt);
                DoubtOpenCalls(call.Choice, UnsafeReasons.IdentityDoubt);
            }
        }

        call = call is null || BeginsAnother(call, id, name) ? Begin(choice, number, id, name, call) : Complete(call, id, name);
        if (call is not null && !index.TryGetInt64(out _))
        {
            Report(AnomalyKind.IndexMissing, call);
        }

        return call;
    }

    private ToolCall? Begin(long choice, long index, EnvelopeValue id, EnvelopeValue name, ToolCall? sameIndex)
    {
        ToolCall? call = StartCall(choice, index, id, name);
        if (call is null)
        {
            return null;
        }

        if (sameIndex is { } other)
        {
            Report(AnomalyKind.IndexReused, call);
            if (!id.IsText)
            {
                // Only the name says that it is another one.
                other.Doubt(UnsafeReasons.IdentityDoubt);
                call.Doubt(UnsafeReasons.IdentityDoubt);
            }
        }
        else if (!id.IsText && !name.IsText)
        {
            call.Doubt(UnsafeReasons.IdentityDoubt);
            Report(AnomalyKind.OrphanPiece, call);
        }

        return call;
    }

    // Whether a piece on the index of a call cannot be a piece of that call.
    private bool BeginsAnother(ToolCall call, EnvelopeValue id, EnvelopeValue name)
    {
        if (!name.IsText)
        {
            return false;
        }

        if (id.IsText)
        {
            return (call.IdBuffer.Length > 0 && !IdEquals(call, id)) || (call.IsEndQueued && !IdEquals(call, id));
        }

        return call.IsEndQueued || (call.HasQueuedContent && !NameEquals(call, name));
    }

    /// <summary>A later piece of a call has a name: late, repeated, or more of it.</summary>
    public void CompleteName(ToolCall call, EnvelopeValue name) => Complete(call, default, name);

    /// <summary>The provider says the whole name once more: it counts if none is known yet, and is an anomaly if it differs.</summary>
    public void ConfirmName(ToolCall call, EnvelopeValue name)
    {
        if (name.IsText && call.NameBuffer.Length == 0)
        {
            Complete(call, default, name);
        }
        else if (name.IsText && !NameEquals(call, name))
        {
            call.Doubt(UnsafeReasons.IdentityDoubt);
            Report(AnomalyKind.NameContradicted, call);
        }
    }

    private ToolCall Complete(ToolCall call, EnvelopeValue id, EnvelopeValue name)
    {
        if (id.IsText)
        {
            if (call.IdBuffer.Length == 0)
            {
                SetId(call, id);
                Report(AnomalyKind.IdentityLate, call);
            }
            else if (IdEquals(call, id))
            {
                Report(AnomalyKind.IdentityRepeated, call);
            }
            else
            {
                call.Doubt(UnsafeReasons.IdentityDoubt);
                Report(AnomalyKind.IdChanged, call);
            }
        }

        if (name.IsText)
        {
            if (call.NameBuffer.Length == 0)
            {
                AppendName(call, name);
                Report(AnomalyKind.IdentityLate, call);
            }
            else if (NameEquals(call, name))
            {
                Report(AnomalyKind.IdentityRepeated, call);
            }
            else
            {
                Report(AnomalyKind.NameInPieces, call);
                _joinedName = call;
                if (id.IsText || call.HasQueuedContent)
                {
                    // A whole announcement, or one that comes after arguments, is no piece of a name: it may be another call.
                    call.Doubt(UnsafeReasons.IdentityDoubt);
                }

                if (!AppendName(call, name))
                {
                    Refuse(call, "name");
                }
            }
        }

        return call;
    }

    /// <summary>The newest call with an id, open or ended; none if the value is no id.</summary>
    public ToolCall? FindCallById(long choice, EnvelopeValue id) => FindById(choice, id);

    private ToolCall? FindById(long choice, EnvelopeValue id)
    {
        if (!id.IsText)
        {
            return null;
        }

        int start = PutScratch(id.Raw);
        ToolCall? call = FindCallById(choice, Scratch(start, _scratch.Length - start));
        _scratch.Truncate(start);
        return call;
    }

    private bool IdEquals(ToolCall call, EnvelopeValue id) => TextEquals(call.IdUtf8, id);

    private bool NameEquals(ToolCall call, EnvelopeValue name) => TextEquals(call.NameUtf8, name);

    private bool TextEquals(ReadOnlySpan<byte> text, EnvelopeValue value)
    {
        if (!value.IsEscaped)
        {
            return text.SequenceEqual(value.Raw);
        }

        int start = PutScratch(value.Raw);
        bool isEqual = text.SequenceEqual(Scratch(start, _scratch.Length - start));
        _scratch.Truncate(start);
        return isEqual;
    }

    /// <summary>Gives a call its id; false if it is too long.</summary>
    private bool SetId(ToolCall call, EnvelopeValue id)
    {
        if (!id.IsText)
        {
            return true;
        }

        int start = PutScratch(id.Raw, call);
        ReadOnlySpan<byte> text = Scratch(start, _scratch.Length - start).Prefix(_limits.MaxNameBytes);
        call.SetId(text);
        _lookup.AddId(call);
        bool fits = text.Length == _scratch.Length - start;
        _scratch.Truncate(start);
        return fits;
    }

    /// <summary>Gives a call its name, or more of it; false if it is too long.</summary>
    private bool AppendName(ToolCall call, EnvelopeValue name)
    {
        if (!name.IsText)
        {
            return true;
        }

        int start = PutScratch(name.Raw, call);
        ReadOnlySpan<byte> text = Scratch(start, _scratch.Length - start).Prefix(Math.Max(0, _limits.MaxNameBytes - call.NameBuffer.Length));
        call.AppendName(text);
        bool fits = text.Length == _scratch.Length - start;
        _scratch.Truncate(start);
        return fits;
    }
}
