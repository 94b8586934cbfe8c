using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>What contracts tell of types, on every target, without reflection over members.</summary>
internal static class ContractTypes
{
    /// <summary>The type of the items of a collection or the values of a dictionary; null when it cannot be told, or there are none.</summary>
    public static Type? ItemTypeOf(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind is not (JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary))
        {
            return null;
        }

#if NET9_0_OR_GREATER
        return typeInfo.ElementType;
#else
        Type type = typeInfo.Type;
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return IsOfThePlatform(type) ? type.GetGenericArguments()[type.GetGenericArguments().Length - 1] : null;
#endif
    }

    /// <summary>The type of the keys of a dictionary; null when it cannot be told, or there are none.</summary>
    public static Type? KeyTypeOf(JsonTypeInfo typeInfo)
    {
#if NET9_0_OR_GREATER
        return typeInfo.KeyType;
#else
        return typeInfo.Kind == JsonTypeInfoKind.Dictionary && IsOfThePlatform(typeInfo.Type) ? typeInfo.Type.GetGenericArguments()[0] : null;
#endif
    }

#if !NET9_0_OR_GREATER
    // Of a type of the user's own, the arguments may mean anything.
    private static bool IsOfThePlatform(Type type) =>
        type.IsGenericType && type.Namespace is { } name && name.StartsWith("System.Collections", StringComparison.Ordinal);
#endif

    /// <summary>An array of the type of <paramref name="like"/>.</summary>
#if !NETSTANDARD2_0 && !NET9_0_OR_GREATER
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("AOT", "IL3050", Justification = "There is an array of this type already.")]
#endif
    public static Array NewArray(Array like, int length) =>
#if NET9_0_OR_GREATER
        Array.CreateInstanceFromArrayType(like.GetType(), length);
#else
        Array.CreateInstance(like.GetType().GetElementType()!, length);
#endif

    /// <summary>Whether the type is an interface to read a sequence by, which an array of the items has as well as a list.</summary>
    public static bool IsReadOnlySequence(Type type)
    {
        Type? definition = type.IsInterface && type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IEnumerable<>);
    }

    /// <summary>An array of the items of a list of such items.</summary>
#if !NETSTANDARD2_0
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The list holds its items in an array of this type.")]
#endif
    public static Array NewArrayOf(Type itemType, int length) => Array.CreateInstance(itemType, length);
}
