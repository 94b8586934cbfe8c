namespace System.Diagnostics.CodeAnalysis;

/// <summary>For the compiler on targets that do not have it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    public bool ReturnValue { get; } = returnValue;
}
