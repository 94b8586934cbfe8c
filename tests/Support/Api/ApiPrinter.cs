using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace StreamingJson.Tests.Support;

/// <summary>The public surface of an assembly as text, sorted, much like C#.</summary>
internal sealed class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _nullability = new();
    private readonly StringBuilder _text = new();

    public static string Print(Assembly assembly)
    {
        var printer = new ApiPrinter();
        foreach (Type type in assembly.GetExportedTypes().Where(type => !type.IsNested).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            printer.PrintType(type, indent: "");
        }

        return printer._text.ToString();
    }

    private void PrintType(Type type, string indent)
    {
        if (indent.Length == 0 && _text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(indent).Append(type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "").Append("public ").Append(KindOf(type)).Append(' ')
            .Append(indent.Length == 0 ? type.Namespace + "." : "").Append(ApiNames.Of(type)).Append(BasesOf(type)).Append('\n');
        foreach (string line in type.IsEnum ? EnumMembers(type) : SortedMembers(type))
        {
            _text.Append(indent).Append("    ").Append(line).Append('\n');
        }

        foreach (Type nested in type.GetNestedTypes().OrderBy(nested => nested.Name, StringComparer.Ordinal))
        {
            PrintType(nested, indent + "    ");
        }
    }

    private static string KindOf(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        if (type.IsValueType)
        {
            string modifiers = (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "");
            return modifiers + (isRecord ? "record struct" : "struct");
        }

        string kind = type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "";
        return kind + (isRecord ? "record" : "class");
    }

    private static string BasesOf(Type type)
    {
        IEnumerable<Type> interfaces = type.IsEnum ? [] : type.GetInterfaces().Where(i => i.IsVisible).OrderBy(i => i.Name, StringComparer.Ordinal);
        Type? parent = type.BaseType;
        bool isPlain = parent is null || parent == typeof(object) || parent == typeof(ValueType) || parent == typeof(Enum);
        string[] bases = [.. (isPlain ? interfaces : interfaces.Except(parent!.GetInterfaces()).Prepend(parent)).Select(ApiNames.Of)];
        return (bases.Length > 0 ? " : " + string.Join(", ", bases) : "") + ApiNames.ConstraintsOf(type.GetGenericArguments());
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        from name in Enum.GetNames(type)
        let value = Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)
        orderby value
        select $"{name} = {value.ToString(CultureInfo.InvariantCulture)}";

    private IEnumerable<string> SortedMembers(Type type) => Members(type)
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .ThenBy(member => member.Line, StringComparer.Ordinal)
        .Select(member => member.Line);

    private IEnumerable<(string Name, string Line)> Members(Type type)
    {
        foreach (MemberInfo member in type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            string? line = member switch
            {
                ConstructorInfo constructor when IsSeen(constructor) => $"{ModifiersOf(constructor)}{type.Name.Split('`')[0]}({Parameters(constructor)})",
                MethodInfo { IsSpecialName: false } method when IsSeen(method) => Method(method),
                PropertyInfo property when property.GetAccessors(nonPublic: false).Length > 0 => Property(property),
                FieldInfo field when field.IsPublic || field.IsFamily => Field(field),
                EventInfo @event => "event " + @event.Name,
                _ => null,
            };
            if (line is not null)
            {
                yield return (member.Name, line);
            }
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string ModifiersOf(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        return access + method switch
        {
            { IsStatic: true } => "static ",
            MethodInfo { DeclaringType.IsInterface: false } known when known.GetBaseDefinition() != known => "override ",
            MethodInfo { DeclaringType.IsInterface: false, IsAbstract: true } => "abstract ",
            MethodInfo { DeclaringType: { IsInterface: false, IsSealed: false }, IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
    }

    private string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        string returned = Returned(method.ReturnType, _nullability.Create(method.ReturnParameter), method.ReturnParameter);
        return $"{ModifiersOf(method)}{returned} {method.Name}{generic}({extension}{Parameters(method)})"
            + ApiNames.ConstraintsOf(method.IsGenericMethod ? method.GetGenericArguments() : []);
    }

    private string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors()[0];
        string get = property.GetMethod is { IsPublic: true } ? " get;" : "";
        string set = property.SetMethod is { IsPublic: true } setter
            ? IsInit(setter) ? " init;" : " set;"
            : "";
        string name = property.GetIndexParameters() is { Length: > 0 } index
            ? $"this[{string.Join(", ", index.Select(Parameter))}]"
            : property.Name;
        string returned = Returned(property.PropertyType, _nullability.Create(property), accessor.ReturnParameter);
        return $"{ModifiersOf(accessor)}{returned} {name} {{{get}{set} }}";
    }

    // By name: on netstandard2.0 these are types of the assembly's own.
    private static bool IsReadOnly(Type type) => type.CustomAttributes.Any(a => a.AttributeType.Name == "IsReadOnlyAttribute");

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");

    private string Field(FieldInfo field) => field.IsLiteral
        ? $"const {ApiNames.Of(field.FieldType)} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Typed(field.FieldType, _nullability.Create(field))} {field.Name}";

    private string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private string Parameter(ParameterInfo parameter)
    {
        string direction = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        string value = parameter.HasDefaultValue ? " = " + DefaultOf(parameter) : "";
        string rest = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{rest}{direction}{Typed(parameter.ParameterType, _nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string DefaultOf(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        bool value => value ? "true" : "false",
        object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Returned(Type type, NullabilityInfo nullability, ParameterInfo parameter)
    {
        IList<string?>? names = parameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames;
        return names is null
            ? (type.IsByRef ? "ref " : "") + Typed(type, nullability)
            : $"({string.Join(", ", type.GetGenericArguments().Select((part, index) => $"{ApiNames.Of(part)} {names[index]}"))})";
    }

    private static string Typed(Type type, NullabilityInfo nullability)
    {
        bool isNullableReference = !type.IsValueType && !(type.IsByRef && type.GetElementType()!.IsValueType)
            && nullability.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null;
        return ApiNames.Of(type) + (isNullableReference ? "?" : "");
    }
}
