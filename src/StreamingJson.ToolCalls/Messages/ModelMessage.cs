using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>The whole message, as the events read so far have it: readable at any time, also after a fault.</summary>
/// <remarks>It lives in its <see cref="ModelStreamReader"/> and grows with each event that is read. Not thread-safe.</remarks>
public sealed class ModelMessage
{
    private readonly List<MessageItem> _items = new();
    private readonly List<Anomaly> _anomalies = new();
    private readonly List<ModelError> _errors = new();
    private readonly List<(int Choice, FinishReason Reason, string Word)> _finishes = new();
    private string? _id;
    private string? _model;

    internal ModelMessage()
    {
    }

    /// <summary>The provider's id of the (newest) message; empty if it gave none.</summary>
    public string Id => _id ??= IdBuffer.ToString();

    /// <summary>The model, in the provider's words; empty if it gave none.</summary>
    public string Model => _model ??= ModelBuffer.ToString();

    /// <summary>Texts, reasoning, refusals and tool calls in the order of their first event.</summary>
    public IReadOnlyList<MessageItem> Items => _items;

    /// <summary>The irregularities that the reader recovered from, in order.</summary>
    public IReadOnlyList<Anomaly> Anomalies => _anomalies;

    /// <summary>The errors that the provider reported, in order.</summary>
    public IReadOnlyList<ModelError> Errors => _errors;

    /// <summary>Why the model stopped, in the words of this library; of choice 0.</summary>
    public FinishReason FinishReason => GetFinishReason(0, out _);

    /// <summary>How many choices have a finish reason.</summary>
    public int FinishedChoiceCount => _finishes.Count;

    /// <summary>The numbers that the provider gave, the newest of each.</summary>
    public ModelUsage Usage { get; internal set; }

    /// <summary>The newest usage object as the provider wrote it: compact JSON, UTF-8; empty if there was none. Valid until the next call on the reader.</summary>
    public ReadOnlySpan<byte> UsageUtf8 => UsageBuffer.Written;

    /// <summary>How the stream ended: <see cref="JsonOutcome.Partial"/> until it did, then the worst of the stream and its calls.</summary>
    public JsonOutcome Outcome { get; internal set; }

    internal Utf8Buffer IdBuffer { get; } = new();

    internal Utf8Buffer ModelBuffer { get; } = new();

    internal Utf8Buffer UsageBuffer { get; } = new();

    internal List<MessageItem> ItemList => _items;

    /// <summary>Why a choice stopped, in the words of this library and (<paramref name="word"/>) in the provider's own.</summary>
    public FinishReason GetFinishReason(int choice, out string? word)
    {
        foreach ((int finished, FinishReason reason, string own) in _finishes)
        {
            if (finished == choice)
            {
                word = own;
                return reason;
            }
        }

        word = null;
        return FinishReason.None;
    }

    /// <summary>The choice that finished as the <paramref name="position"/>-th, with the provider's own word.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative, or not below <see cref="FinishedChoiceCount"/>.</exception>
    public (int Choice, FinishReason Reason, string Word) GetFinish(int position) => _finishes[position];

    internal bool IdUtf8Equals(ReadOnlySpan<byte> id) => IdBuffer.Written.SequenceEqual(id);

    internal void SetId(ReadOnlySpan<byte> id)
    {
        IdBuffer.Set(id);
        _id = null;
    }

    internal void SetModel(ReadOnlySpan<byte> model)
    {
        ModelBuffer.Set(model);
        _model = null;
    }

    internal void Add(Anomaly anomaly) => _anomalies.Add(anomaly);

    internal void Add(ModelError error) => _errors.Add(error);

    internal void SetFinish(int choice, FinishReason reason, string word)
    {
        for (int i = 0; i < _finishes.Count; i++)
        {
            if (_finishes[i].Choice == choice)
            {
                _finishes[i] = (choice, reason, word);
                return;
            }
        }

        _finishes.Add((choice, reason, word));
    }

    internal void Reset()
    {
        _items.Clear();
        _anomalies.Clear();
        _errors.Clear();
        _finishes.Clear();
        SetId(default);
        SetModel(default);
        UsageBuffer.Clear();
        Usage = default;
        Outcome = JsonOutcome.Partial;
    }

    internal void Release()
    {
        IdBuffer.Dispose();
        ModelBuffer.Dispose();
        UsageBuffer.Dispose();
    }
}
