using System;
using System.Linq;
using System.Text;
using StreamingJson.Text;

namespace StreamingJson.Binding.Partials;

/// <summary>What is said of a value that does not fit: the place by the names of the contract, for those of the text may be a secret.</summary>
internal static class FaultNames
{
    private const char AnyName = '*';

    public static string Describe(TypeContract root, string pointer)
    {
        var place = new StringBuilder();
        TypeContract? contract = root;
        Type? type = root.TypeInfo.Type;
        ReadOnlySpan<char> rest = pointer.AsSpan();
        while (JsonPointerText.TryTakeToken(ref rest, out string? token))
        {
            (contract, type) = Step(contract, token!, place);
        }

        string rootName = NameOf(root.TypeInfo.Type);
        return place.Length == 0 ? $"The value does not fit the type '{rootName}'"
            : type is null ? $"The value at '{place}' does not fit its part of the type '{rootName}'"
            : $"The value at '{place}' does not fit the type '{NameOf(type)}' that it has in '{rootName}'";
    }

    private static (TypeContract? Contract, Type? Type) Step(TypeContract? contract, string token, StringBuilder place)
    {
        if (contract?.Shape == ContractShape.Object && contract.Members.TryGetValue(token, out MemberContract? member))
        {
            JsonPointerText.AppendName(place, Utf8Text.GetBytes(member.Name.AsSpan()));
            return (member.Reading == MemberReading.Spliced ? member.Contract : null, member.Type);
        }

        if (contract?.Shape is ContractShape.List or ContractShape.Collection && JsonPointerText.TryParseIndex(token, out int index))
        {
            JsonPointerText.AppendIndex(place, index);
        }
        else
        {
            place.Append(JsonPointerText.Separator).Append(AnyName);
        }

        TypeContract? item = contract?.Shape is ContractShape.List or ContractShape.Collection or ContractShape.Dictionary ? contract.Item : null;
        return (item, item?.TypeInfo.Type);
    }

    // As it is written in C#.
    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return NameOf(underlying) + "?";
        }

        int arity = type.Name.IndexOf('`');
        return arity < 0 || !type.IsGenericType ? type.Name : $"{type.Name.Substring(0, arity)}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }
}
