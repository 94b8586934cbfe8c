using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>What is known of the types of one set of serializer options: made once for each, kept as long as they are. Thread-safe.</summary>
/// <remarks>
/// Beside the original options stand copies whose contracts take stand-ins (<see cref="SpliceConverter"/>): one in which the members of
/// every object do, and one for each type of items, for collections that can be made only whole.
/// </remarks>
internal sealed class PartialContracts
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, PartialContracts> Cache = new();

    private readonly ConcurrentDictionary<Type, TypeContract> _types = new();
    private readonly ConcurrentDictionary<Type, JsonSerializerOptions> _optionsByItem = new();
    private readonly JsonSerializerOptions _optionsForObjects;

    private PartialContracts(JsonSerializerOptions options)
    {
        Options = options;
        _optionsForObjects = new JsonSerializerOptions(options)
        {
            TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(SpliceMembers),
        };
    }

    public JsonSerializerOptions Options { get; }

    public static PartialContracts For(JsonSerializerOptions options) => Cache.GetValue(options, static options => new PartialContracts(options));

    /// <exception cref="NotSupportedException">The options have no contract for the type.</exception>
    public TypeContract Get(Type type) =>
        _types.TryGetValue(type, out TypeContract? contract) ? contract : _types.GetOrAdd(type, TypeContract.Describe(this, type));

    /// <summary>The contract of an object type whose members may be stand-ins.</summary>
    public JsonTypeInfo ForObject(Type type) => _optionsForObjects.GetTypeInfo(type);

    /// <summary>The contract of a collection type whose items, or values, may be stand-ins.</summary>
    public JsonTypeInfo ForCollection(Type type, Type itemType)
    {
        JsonSerializerOptions options = _optionsByItem.GetOrAdd(itemType, type =>
        {
            var copy = new JsonSerializerOptions(Options);
            copy.Converters.Insert(0, new SpliceConverter(Options, type));
            return copy;
        });
        return options.GetTypeInfo(type);
    }

    private void SpliceMembers(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (JsonPropertyInfo property in typeInfo.Properties)
        {
            if (MemberContract.IsSpliced(typeInfo, property))
            {
                property.CustomConverter = new SpliceConverter(Options, property.PropertyType);
            }
        }
    }
}
