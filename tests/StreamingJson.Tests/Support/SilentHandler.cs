using System;

namespace StreamingJson.Tests.Support;

/// <summary>Adds up the lengths of what it is told, so that nothing is optimised away.</summary>
public struct SilentHandler : IJsonEventHandler
{
    public long Total { get; private set; }

    public void OnStartObject(in JsonEventContext context) => Total++;

    public void OnEndObject(in JsonEventContext context) => Total += context.Depth;

    public void OnStartArray(in JsonEventContext context) => Total++;

    public void OnEndArray(in JsonEventContext context) => Total += context.Index;

    public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => Total += utf8Name.Length;

    public void OnStartString(in JsonEventContext context) => Total += context.PropertyNameUtf8.Length;

    public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Total += utf8Text.Length;

    public void OnEndString(in JsonEventContext context) => Total += context.End - context.Start;

    public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Total += utf8Number.Length;

    public void OnBoolean(bool value, in JsonEventContext context) => Total += value ? 1 : 0;

    public void OnNull(in JsonEventContext context) => Total++;

    public void OnDocumentCompleted() => Total++;
}
