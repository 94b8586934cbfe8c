using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>How the values of a type come about.</summary>
internal enum ContractShape
{
    /// <summary>From a whole text only.</summary>
    Whole,

    /// <summary>A string, by the serializer's own converter.</summary>
    Text,

    /// <summary>From members.</summary>
    Object,

    /// <summary>A list that items are added to, or an array.</summary>
    List,

    /// <summary>Another collection: made from all of its items at once.</summary>
    Collection,

    /// <summary>Made from all of its entries at once.</summary>
    Dictionary,
}

/// <summary>What the binder has to know of one type.</summary>
internal sealed class TypeContract
{
    private readonly Type? _itemType;
    private JsonTypeInfo? _assembly;

    private TypeContract(PartialContracts contracts, JsonTypeInfo typeInfo, JsonTypeInfo shapeInfo)
    {
        Contracts = contracts;
        TypeInfo = typeInfo;
        ShapeInfo = shapeInfo;
        _itemType = ContractTypes.ItemTypeOf(shapeInfo);
        Shape = ShapeOf(shapeInfo);
        ShownItemType = Shape == ContractShape.List && ContractTypes.IsReadOnlySequence(shapeInfo.Type) ? _itemType : null;
        if (Shape == ContractShape.Object)
        {
            foreach (JsonPropertyInfo property in shapeInfo.Properties)
            {
                KeepsUnmatched |= property.IsExtensionData;
                if (!property.IsExtensionData)
                {
                    Members[property.Name] = new MemberContract(contracts, shapeInfo, property);
                }
            }

            Polymorphism = DerivedContracts.Of(shapeInfo);
        }

        Awaited = [.. Members.Values.Where(member => member.IsRequired || member.Visibility == PartialVisibility.HoldsParent)];
    }

    public PartialContracts Contracts { get; }

    /// <summary>Reads a whole value.</summary>
    public JsonTypeInfo TypeInfo { get; }

    /// <summary>The same, or for a nullable value type that of its values.</summary>
    public JsonTypeInfo ShapeInfo { get; }

    public ContractShape Shape { get; }

    public Dictionary<string, MemberContract> Members { get; private set; } = [];

    /// <summary>The members without which no object is seen.</summary>
    public MemberContract[] Awaited { get; }

    /// <summary>Whether what fits no member goes to the extension data.</summary>
    public bool KeepsUnmatched { get; }

    public DerivedContracts? Polymorphism { get; }

    /// <summary>Of the items or values; null when it cannot be told.</summary>
    public TypeContract? Item => _itemType is null ? null : Contracts.Get(_itemType);

    /// <summary>Whether each item of a collection has a place of its own. In a set one that grows may be equal to another, and be lost for a while.</summary>
    public bool HasPlaces { get; private set; }

    /// <summary>Of a list that is seen through an interface to read it by: the type of the items, for arrays to show while it grows.</summary>
    public Type? ShownItemType { get; }

    /// <summary>Reads a text with stand-ins.</summary>
    public JsonTypeInfo Assembly => _assembly ??= Shape == ContractShape.Object
        ? Contracts.ForObject(ShapeInfo.Type)
        : Contracts.ForCollection(ShapeInfo.Type, _itemType!);

    public static TypeContract Describe(PartialContracts contracts, Type type)
    {
        JsonTypeInfo typeInfo = contracts.Options.GetTypeInfo(type);
        Type? underlying = Nullable.GetUnderlyingType(type);
        bool isConverted = contracts.Options.Converters.Any(converter => converter.CanConvert(type));
        JsonTypeInfo shapeInfo = underlying is null || isConverted ? typeInfo : contracts.Options.GetTypeInfo(underlying);
        return new TypeContract(contracts, typeInfo, shapeInfo);
    }

    private ContractShape ShapeOf(JsonTypeInfo info)
    {
        // Preserved references lead from one value to another: nothing can be read by itself.
        if (Contracts.Options.ReferenceHandler is not null || (_itemType is not null && _itemType == info.Type))
        {
            return ContractShape.Whole;
        }

        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                Members = new Dictionary<string, MemberContract>(
                    Contracts.Options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                return ContractShape.Object;
            case JsonTypeInfoKind.Enumerable:
                return ShapeOfEnumerable(info);
            case JsonTypeInfoKind.Dictionary:
                bool areKeysRead = ContractTypes.KeyTypeOf(info) != _itemType || SpliceConverter.CanReadKeys(_itemType!);
                return _itemType is null || !areKeysRead ? ContractShape.Whole : ContractShape.Dictionary;
            default:
                return ReferenceEquals(info.Converter, JsonMetadataServices.StringConverter) ? ContractShape.Text : ContractShape.Whole;
        }
    }

    private ContractShape ShapeOfEnumerable(JsonTypeInfo info)
    {
        try
        {
            object? empty = JsonSerializer.Deserialize("[]"u8, info);
            HasPlaces = empty is IList;
            return empty switch
            {
                Array { Rank: 1 } => ContractShape.List,
                IList { IsReadOnly: false, IsFixedSize: false } => ContractShape.List,
                _ => _itemType is null ? ContractShape.Whole : ContractShape.Collection,
            };
        }
        catch (NotSupportedException)
        {
            return ContractShape.Whole; // it says so again when a value is read
        }
    }
}
