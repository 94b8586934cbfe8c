using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson.Binding.Partials;

/// <summary>Which type an object of a polymorphic contract has: nothing is bound before its discriminator is complete.</summary>
internal sealed class DerivedContracts
{
    private const string DefaultName = "$type";

    private readonly Dictionary<object, Type> _types = [];
    private readonly Type _base;
    private readonly byte[] _name;
    private readonly bool _ignoresUnrecognized;
    private readonly bool _mayStandAnywhere;

    private DerivedContracts(JsonTypeInfo typeInfo, JsonPolymorphismOptions options)
    {
        _base = typeInfo.Type;
        _name = Utf8Text.GetBytes((options.TypeDiscriminatorPropertyName ?? DefaultName).AsSpan());
        _ignoresUnrecognized = options.IgnoreUnrecognizedTypeDiscriminators;
#if NET9_0_OR_GREATER
        _mayStandAnywhere = typeInfo.Options.AllowOutOfOrderMetadataProperties;
#else
        _mayStandAnywhere = false;
#endif
        foreach (JsonDerivedType derived in options.DerivedTypes)
        {
            if (derived.TypeDiscriminator is { } discriminator)
            {
                _types[discriminator] = derived.DerivedType;
            }
        }
    }

    public static DerivedContracts? Of(JsonTypeInfo typeInfo) =>
        typeInfo.PolymorphismOptions is { DerivedTypes.Count: > 0 } options ? new DerivedContracts(typeInfo, options) : null;

    public bool IsDiscriminator(in TapeView view, int nameRow) => view.Text(view.Rows[nameRow]).SequenceEqual(_name);

    /// <summary>The type of an object that has been written so far; null while it cannot be told, or does not exist.</summary>
    public Type? TypeOf(in TapeView view, int container)
    {
        TapeRow[] rows = view.Rows;
        int end = view.ChildrenEnd(rows[container]);
        for (int name = container + 1; name < end; name = view.Next(rows[name + 1], name + 1))
        {
            if (IsDiscriminator(view, name))
            {
                return view.IsClosed(rows[name + 1]) ? Find(view, rows[name + 1]) : null;
            }

            if (!_mayStandAnywhere)
            {
                return Constructible(_base);
            }
        }

        return null;
    }

    private static Type? Constructible(Type type) => type.IsAbstract ? null : type;

    private Type? Find(in TapeView view, in TapeRow row)
    {
        object? discriminator = row.Kind switch
        {
            TapeKind.String => Utf8Text.ToString(view.Text(row)),
            TapeKind.Number when int.TryParse(
                Utf8Text.ToString(view.Raw(row)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
            _ => null,
        };
        if (discriminator is not null && _types.TryGetValue(discriminator, out Type? type))
        {
            return type;
        }

        return _ignoresUnrecognized ? Constructible(_base) : null;
    }
}
