using System;
using System.Buffers;
using System.Text.Json;

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>The index of one payload: read once, then every property is at hand, in whatever order the provider wrote them.</summary>
/// <remarks>
/// Providers and the gateways between write <c>{"delta":..,"index":0}</c> as well as <c>{"index":0,"delta":..}</c>: who reads forward only
/// has to come back. One pass of <see cref="Utf8JsonReader"/> fills a pooled array of rows, and nothing is copied of the payload.
/// </remarks>
internal sealed class Envelope : IDisposable
{
    /// <summary>The most rows of one payload (about 20 MiB of them): what has more is not an envelope.</summary>
    public const int MaxTokens = 1 << 20;

    /// <summary>The most containers that may be open in one payload. The arguments of a call may stand in it as an object.</summary>
    public const int MaxDepth = 128;

    // So many payloads are refused by an exception; of those after them, the short ones are checked before.
    private const int MaxThrows = 16;
#if DEBUG
    private const int InitialTokens = 4;
#else
    private const int InitialTokens = 128;
#endif

    private readonly int[] _open = new int[MaxDepth];
    private EnvelopeToken[] _tokens = Array.Empty<EnvelopeToken>();
    private PayloadCheck? _check;
    private int _throws;

    /// <summary>Reads a payload.</summary>
    /// <param name="json">The payload; the values point into it.</param>
    /// <param name="root">Its value.</param>
    /// <returns><see langword="false"/>: not one JSON text within the limits.</returns>
    public bool TryRead(ReadOnlySpan<byte> json, out EnvelopeValue root)
    {
        root = default;
        if (_throws >= MaxThrows && json.Length <= PayloadCheck.MaxBytes && !(_check ??= new PayloadCheck()).IsJson(json))
        {
            return false;
        }

        int count;
        try
        {
            count = Read(json);
        }
        catch (JsonException)
        {
            _throws++;
            return false;
        }

        if (count <= 0)
        {
            return false;
        }

        root = new EnvelopeValue(json, new ReadOnlySpan<EnvelopeToken>(_tokens, 0, count), 0);
        return true;
    }

    public void Dispose()
    {
        EnvelopeToken[] tokens = _tokens;
        _tokens = Array.Empty<EnvelopeToken>();
        Return(tokens);
        _check?.Dispose();
        _check = null;
    }

    private static void Return(EnvelopeToken[] tokens)
    {
        if (tokens.Length > 0)
        {
            ArrayPool<EnvelopeToken>.Shared.Return(tokens);
        }
    }

    private int Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        int count = 0;
        int depth = 0;
        while (reader.Read())
        {
            JsonTokenType type = reader.TokenType;
            if (type is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                ref EnvelopeToken container = ref _tokens[_open[--depth]];
                container.Next = count;
                container.Length = (int)reader.BytesConsumed - container.Start;
                continue;
            }

            if (count == _tokens.Length && !TryGrow())
            {
                return 0;
            }

            ref EnvelopeToken token = ref _tokens[count];
            token.Type = type;
            token.Start = (int)reader.TokenStartIndex;
            token.Next = count + 1;
            token.IsEscaped = false;
            if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                token.Length = 0;
                _open[depth++] = count;
            }
            else
            {
                token.Length = reader.ValueSpan.Length;
                if (type is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    token.Start++;
                    token.IsEscaped = reader.ValueIsEscaped;
                }
            }

            count++;
        }

        return count;
    }

    private bool TryGrow()
    {
        if (_tokens.Length >= MaxTokens)
        {
            return false;
        }

        EnvelopeToken[] larger = ArrayPool<EnvelopeToken>.Shared.Rent(Math.Max(InitialTokens, _tokens.Length * 2));
        Array.Copy(_tokens, larger, _tokens.Length);
        Return(_tokens);
        _tokens = larger;
        return true;
    }
}
