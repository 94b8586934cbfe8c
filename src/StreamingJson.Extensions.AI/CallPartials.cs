using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding;

namespace StreamingJson.Extensions.AI;

/// <summary>
/// The arguments of one call as values of types. The contents of the call share it, so that what is complete is deserialised once, whichever of
/// them is asked. Thread-safe.
/// </summary>
internal sealed class CallPartials(StreamingJsonParser arguments)
{
    // Held while a partial is made. Mostly one reader: who shows a call asks for one type.
    private readonly List<object> _readers = [];

    public Partial<T> Read<T>(in JsonSnapshot snapshot, JsonTypeInfo<T> jsonTypeInfo, PartialOptions options)
    {
        lock (_readers)
        {
            foreach (object reader in _readers)
            {
                if (reader is Entry<T> entry && entry.Type == jsonTypeInfo && entry.Options == options)
                {
                    return entry.Reader.Read(snapshot);
                }
            }

            PartialReader<T> added = arguments.ReadPartial(jsonTypeInfo, options);
            _readers.Add(new Entry<T>(jsonTypeInfo, options, added));
            return added.Read(snapshot);
        }
    }

    private sealed record Entry<T>(JsonTypeInfo<T> Type, PartialOptions Options, PartialReader<T> Reader);
}
