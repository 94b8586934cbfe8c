using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Collects the events of one answer.</summary>
internal sealed class WireWriter(IReadOnlyList<WireCall> calls, string text = "")
{
    private const int DeltaChars = 4;
    private readonly MemoryStream _wire = new();
    private readonly MemoryStream _payloads = new();
    private int _events;
    private int _deltas;

    public IReadOnlyList<WireCall> Calls => calls;

    /// <summary>Arguments or a text in pieces about as long as a token; a surrogate pair stays whole, as providers send it.</summary>
    public IEnumerable<string> DeltasOf(string whole)
    {
        for (int start = 0; start < whole.Length;)
        {
            int end = Math.Min(start + DeltaChars, whole.Length);
            end += end < whole.Length && char.IsLowSurrogate(whole[end]) ? 1 : 0;
            _deltas++;
            yield return whole[start..end];
            start = end;
        }
    }

    /// <summary>A JSON string as the providers write it: raw UTF-8, only what must be escaped is.</summary>
    public static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>What providers pad a delta with, so that its length on the wire says nothing: here up to 15 characters.</summary>
    public static string Padding(string delta) => "aB3dE6gH9jK2mN5"[..(15 - (delta.Length * 7 % 11))];

    /// <summary>A server-sent event.</summary>
    public void Event(string? type, string json)
    {
        Write(_wire, type is null ? "data: " : "event: " + type + "\ndata: ");
        Write(_wire, json);
        Write(_wire, "\n\n");
        Payload(json);
    }

    /// <summary>An event that carries no JSON.</summary>
    public void Terminator(string data)
    {
        Write(_wire, "data: " + data + "\n\n");
        _events++;
    }

    /// <summary>Framed bytes with the payload in them.</summary>
    public void Frame(ReadOnlySpan<byte> frame, string json)
    {
        _wire.Write(frame);
        Payload(json);
    }

    public ProviderResponse ToResponse(string name, ModelProtocol protocol) =>
        new(name, protocol, _wire.ToArray(), calls, text, _events, _deltas, _payloads.ToArray());

    private void Payload(string json)
    {
        _events++;
        Write(_payloads, json);
        Write(_payloads, "\n");
    }

    private static void Write(MemoryStream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
