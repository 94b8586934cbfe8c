namespace System.Diagnostics.CodeAnalysis;

/// <summary>What the compiler looks for on an experiment; netstandard2.0 does not have it.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
internal sealed class ExperimentalAttribute(string diagnosticId) : Attribute
{
    public string DiagnosticId { get; } = diagnosticId;
}
