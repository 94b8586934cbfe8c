using System;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>How a member's value gets into its object.</summary>
internal enum MemberReading
{
    /// <summary>Its value is read by itself, once, and handed to the object.</summary>
    Spliced,

    /// <summary>Its text is read with the object, each time that the object is made: a converter of its own, numbers in strings, or an existing collection that is filled.</summary>
    Inline,

    /// <summary>Nothing takes it.</summary>
    None,
}

/// <summary>One member of an object contract.</summary>
internal sealed class MemberContract
{
    private readonly PartialContracts _contracts;
    private TypeContract? _contract;

    public MemberContract(PartialContracts contracts, JsonTypeInfo owner, JsonPropertyInfo property)
    {
        _contracts = contracts;
        Type = property.PropertyType;
        Name = property.Name;
        Reading = !IsTaken(owner, property) ? MemberReading.None : IsSpliced(owner, property) ? MemberReading.Spliced : MemberReading.Inline;
        IsRequired = property.IsRequired;
        Visibility = FindVisibility(property);
    }

    public string Name { get; }

    public Type Type { get; }

    public MemberReading Reading { get; }

    public bool IsRequired { get; }

    /// <summary>What its attribute says.</summary>
    public PartialVisibility Visibility { get; }

    // Not before it is asked for: types refer to one another in circles.
    public TypeContract Contract => _contract ??= _contracts.Get(Type);

    /// <summary>Whether the value may be read by itself: nothing on the member or its owner changes how.</summary>
    public static bool IsSpliced(JsonTypeInfo owner, JsonPropertyInfo property) =>
        property.CustomConverter is null
        && !property.IsExtensionData
        && !IsFilled(owner, property)
        && ((property.NumberHandling ?? owner.NumberHandling) is null || property.PropertyType == typeof(string));

    private static bool IsFilled(JsonTypeInfo owner, JsonPropertyInfo property) => JsonObjectCreationHandling.Populate ==
        (property.ObjectCreationHandling ?? owner.PreferredPropertyObjectCreationHandling ?? owner.Options.PreferredObjectCreationHandling);

    private static bool IsTaken(JsonTypeInfo owner, JsonPropertyInfo property)
    {
        if (property.Set is not null || IsFilled(owner, property))
        {
            return true;
        }

#if NET9_0_OR_GREATER
        return property.AssociatedParameter is not null;
#else
        return owner.CreateObject is null; // perhaps by a parameter of the constructor
#endif
    }

    private static PartialVisibility FindVisibility(JsonPropertyInfo property)
    {
        object[]? attributes = property.AttributeProvider?.GetCustomAttributes(typeof(PartialVisibilityAttribute), inherit: true);
        return attributes is { Length: > 0 } ? ((PartialVisibilityAttribute)attributes[0]).Visibility : PartialVisibility.FromContract;
    }
}
