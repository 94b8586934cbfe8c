using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace StreamingJson.Tests.Support;

/// <summary>Types as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is Type underlying)
        {
            return Of(underlying) + "?";
        }

        if (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            return $"({string.Join(", ", type.GetGenericArguments().Select(Of))})";
        }

        string name = Keywords.GetValueOrDefault(type) ?? type.Name.Split('`')[0];
        string owner = type.IsNested && !type.IsGenericParameter ? Of(type.DeclaringType!) + "." : "";
        return owner + name + (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : "");
    }

    public static string ConstraintsOf(Type[] parameters) => string.Concat(
        from parameter in parameters
        where parameter.IsGenericParameter
        let isStruct = parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        let constraints = parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(Of)
        let all = isStruct ? constraints.Prepend("struct") : constraints
        where all.Any()
        select $" where {parameter.Name} : {string.Join(", ", all)}");
}
