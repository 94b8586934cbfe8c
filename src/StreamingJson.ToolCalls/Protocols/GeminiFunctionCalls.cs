using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Patches;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Gemini's <c>functionCall</c> parts: whole, or (<c>streamFunctionCallArguments</c>, Vertex AI) the name first, then <c>partialArgs</c>, which are path patches,
/// then a part that does not say <c>willContinue</c>. A call without <c>args</c> has <c>{}</c>.
/// </summary>
internal sealed class GeminiFunctionCalls : IDisposable
{
    private readonly List<(ToolCall Call, PatchedJson Json)> _open = new();
    private readonly Stack<PatchedJson> _free = new();

    /// <summary>Reads one part.</summary>
    /// <param name="part">The <c>functionCall</c>.</param>
    /// <param name="choice">The candidate.</param>
    /// <param name="endsWithReason">Whether a finish reason follows at once, so that the calls need not be ended before.</param>
    /// <param name="message">Takes what it says.</param>
    public void Read(EnvelopeValue part, long choice, bool endsWithReason, MessageAssembler message)
    {
        EnvelopeValue args = part["args"u8];
        EnvelopeValue patches = part["partialArgs"u8];
        bool goesOn = part["willContinue"u8].IsTrue;
        int open = FindOpen(part, choice, message);
        if (open < 0 && !part["name"u8].IsText && patches.IsEmptyContainer && !args.HasValue)
        {
            // The end of a call that has ended, or a pause.
            return;
        }

        if (open < 0)
        {
            ToolCall? call = message.StartCall(choice, message.CountCalls(choice), part["id"u8], part["name"u8]);
            if (call is null or { IsRefused: true })
            {
                return;
            }

            if (!part["name"u8].IsText)
            {
                call.Doubt(UnsafeReasons.IdentityDoubt);
                message.Report(AnomalyKind.OrphanPiece, call);
            }

            open = _open.Count;
            _open.Add((call, _free.Count > 0 ? _free.Pop() : new PatchedJson()));
        }

        if (args.HasValue && patches.IsEmptyContainer && _open[open].Json.IsEmpty)
        {
            // {} that goes on is a placeholder. Patches that follow anything else do not fit it, and the arguments are no JSON then.
            if (!goesOn || !args.IsEmptyContainer)
            {
                message.AppendValue(_open[open].Call, args);
            }
        }
        else
        {
            Apply(_open[open], patches, message);
        }

        if (!goesOn)
        {
            Close(open, message);
            End(open, endsWithReason, message);
        }
    }

    /// <summary>The model has finished: what it began is whole, although no part said so.</summary>
    public void CloseAll(long choice, MessageAssembler message)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Call.Choice == choice)
            {
                Close(i, message);
                End(i, endsWithReason: true, message);
            }
        }
    }

    public void Reset()
    {
        foreach ((_, PatchedJson json) in _open)
        {
            json.Reset();
            _free.Push(json);
        }

        _open.Clear();
    }

    public void Dispose()
    {
        Reset();
        foreach (PatchedJson json in _free)
        {
            json.Dispose();
        }

        _free.Clear();
    }

    // The call that a part goes on with: by id, else the newest one; none if the part begins another.
    private int FindOpen(EnvelopeValue part, long choice, MessageAssembler message)
    {
        EnvelopeValue id = part["id"u8];
        EnvelopeValue name = part["name"u8];
        ToolCall? sameId = message.FindCallById(choice, id);
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            ToolCall call = _open[i].Call;
            if (call.Choice != choice)
            {
                continue;
            }

            bool isSame = id.IsText && !call.IdUtf8.IsEmpty
                ? call == sameId
                : !name.IsText || (!part["partialArgs"u8].IsEmptyContainer && call.NameUtf8.SequenceEqual(name.Raw));
            if (isSame)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Apply((ToolCall Call, PatchedJson Json) open, EnvelopeValue patches, MessageAssembler message)
    {
        foreach (EnvelopeValue patch in patches.EnumerateArray())
        {
            if (!open.Call.IsRefused && !open.Json.TryApply(patch))
            {
                open.Call.Doubt(UnsafeReasons.Repaired);
                message.Report(AnomalyKind.PatchUnreadable, open.Call);
            }
        }

        AppendNew(open, message);
    }

    private void Close(int open, MessageAssembler message)
    {
        (ToolCall call, PatchedJson json) = _open[open];
        if (json.IsEmpty && call.QueuedBytes > 0)
        {
            // They came whole.
            return;
        }

        json.Close();
        if (json.IsReordered)
        {
            message.ReplaceArguments(call, json.Text);
        }
        else
        {
            AppendNew(_open[open], message);
        }
    }

    private static void AppendNew((ToolCall Call, PatchedJson Json) open, MessageAssembler message)
    {
        ReadOnlySpan<byte> text = open.Json.TakeNew();
        if (!text.IsEmpty)
        {
            message.AppendArguments(open.Call, text);
        }
    }

    private void End(int open, bool endsWithReason, MessageAssembler message)
    {
        (ToolCall call, PatchedJson json) = _open[open];
        _open.RemoveAt(open);
        json.Reset();
        _free.Push(json);
        if (!endsWithReason)
        {
            message.EndCall(call);
        }
    }
}
