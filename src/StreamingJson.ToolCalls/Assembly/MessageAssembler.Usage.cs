using System;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <content>What the message cost.</content>
internal sealed partial class MessageAssembler
{
    // What is longer is no usage object that anybody has seen, and putting two together is quadratic.
    private const int MaxUpdatedBytes = 4096;

    private Envelope? _olderUsage;

    /// <summary>New numbers. Those that are <see langword="null"/> leave the older ones as they are.</summary>
    /// <param name="raw">The provider's usage object, which takes the place of the older one.</param>
    /// <param name="usage">What is known of it.</param>
    public void SetUsage(EnvelopeValue raw, ModelUsage usage)
    {
        int start = _scratch.Length;
        PutValid(raw.Raw);
        TakeUsage(start, usage);
    }

    /// <summary>New numbers, of a provider that says each only where it is new: the older usage object keeps what the new one does not name.</summary>
    /// <inheritdoc cref="SetUsage"/>
    public void UpdateUsage(EnvelopeValue raw, ModelUsage usage)
    {
        _olderUsage ??= new Envelope();
        if (Message.UsageUtf8.IsEmpty || Message.UsageUtf8.Length + raw.Raw.Length > MaxUpdatedBytes || !_olderUsage.TryRead(Message.UsageUtf8, out EnvelopeValue older))
        {
            SetUsage(raw, usage);
            return;
        }

        int start = _scratch.Length;
        _scratch.Append((byte)'{');
        foreach (EnvelopeValue.PropertyEnumerator property in older.EnumerateObject())
        {
            EnvelopeValue newer = raw[property.Name];
            PutProperty(start, property.Name, newer.HasValue ? newer : property.Value);
        }

        foreach (EnvelopeValue.PropertyEnumerator property in raw.EnumerateObject())
        {
            if (!older[property.Name].HasValue)
            {
                PutProperty(start, property.Name, property.Value);
            }
        }

        _scratch.Append((byte)'}');
        TakeUsage(start, usage);
    }

    private void TakeUsage(int start, ModelUsage usage)
    {
        ModelUsage old = Message.Usage;
        Message.Usage = new ModelUsage(
            usage.InputTokens ?? old.InputTokens,
            usage.OutputTokens ?? old.OutputTokens,
            usage.TotalTokens ?? old.TotalTokens,
            usage.CachedInputTokens ?? old.CachedInputTokens,
            usage.ReasoningTokens ?? old.ReasoningTokens);
        Message.UsageBuffer.Clear();
        CompactJson.Write(Scratch(start, _scratch.Length - start), Message.UsageBuffer);
        _scratch.Truncate(start);
        _queue.Enqueue(new ModelEvent(ModelEventKind.Usage));
    }

    private void PutProperty(int start, ReadOnlySpan<byte> name, EnvelopeValue value)
    {
        if (_scratch.Length > start + 1)
        {
            _scratch.Append((byte)',');
        }

        _scratch.Append((byte)'"');
        PutValid(name);
        _scratch.Append("\":"u8);
        if (value.IsString)
        {
            _scratch.Append((byte)'"');
        }

        PutValid(value.Raw);
        if (value.IsString)
        {
            _scratch.Append((byte)'"');
        }
    }

    private void PutValid(ReadOnlySpan<byte> json)
    {
        TextOddities oddities = TextOddities.None;
        _scratch.Advance(JsonStringText.CopyValid(json, _scratch.GetSpan(JsonStringText.MaxLength(json.Length)), ref oddities));
    }
}
