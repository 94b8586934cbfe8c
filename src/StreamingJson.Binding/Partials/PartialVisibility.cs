using System;

namespace StreamingJson.Binding;

/// <summary>When a member or item is seen in a <see cref="Partial{T}.Value"/>.</summary>
public enum PartialVisibility
{
    /// <summary>
    /// As the contract has it: strings, objects, collections and dictionaries are seen growing; whatever else is read from a string, a
    /// number or a literal (enums, dates, GUIDs, URIs, numbers) and whatever has a converter is seen when it is complete, and so are the items
    /// of sets, queues and stacks.
    /// </summary>
    FromContract = 0,

    /// <summary>
    /// While it grows. Also a value that a converter reads from a string, then from the text so far: whenever the converter takes that.
    /// A member that has a converter of its own is never seen growing.
    /// </summary>
    Growing = 1,

    /// <summary>When it is complete; until then it is as if it had not been written.</summary>
    WhenComplete = 2,

    /// <summary>When it is complete, and until then neither is the object or collection that it stands in.</summary>
    HoldsParent = 3,
}

/// <summary>Says of a member when it is seen in a <see cref="Partial{T}.Value"/>.</summary>
/// <remarks>
/// It is read through <see cref="System.Text.Json.Serialization.Metadata.JsonPropertyInfo.AttributeProvider"/>, which source generation
/// fills from .NET 9 on: with a context that was generated for an earlier target, say it by <see cref="PartialOptions.With"/>. On a
/// positional record write <c>[property: PartialVisibility(...)]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PartialVisibilityAttribute : Attribute
{
    /// <summary>Says when the member is seen.</summary>
    public PartialVisibilityAttribute(PartialVisibility visibility) => Visibility = visibility;

    /// <summary>When the member is seen.</summary>
    public PartialVisibility Visibility { get; }
}
