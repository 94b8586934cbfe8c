using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Tests.Support;

/// <summary>Type information by reflection, which is good enough for tests.</summary>
public static class JsonTypeInfos
{
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T));
}
