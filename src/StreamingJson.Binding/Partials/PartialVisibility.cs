using System;

namespace StreamingJson.Binding;

/// <summary>When a member or item is visible in a <see cref="Partial{T}.Value"/>.</summary>
public enum PartialVisibility
{
    /// <summary>
    /// As the contract says: strings, objects, collections and dictionaries are seen growing; whatever else is read from a string, a
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

    /// <summary>When it is complete; until then the object or collection that contains it is not visible either.</summary>
    HoldsParent = 3,
}

/// <summary>Says when a member is visible in a <see cref="Partial{T}.Value"/>.</summary>
/// <remarks>
/// It is read through <see cref="System.Text.Json.Serialization.Metadata.JsonPropertyInfo.AttributeProvider"/>, which source generation
/// fills from .NET 9 on: with a context that was generated for an earlier target, use <see cref="PartialOptions.With"/> instead. On a
/// positional record write <c>[property: PartialVisibility(...)]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PartialVisibilityAttribute : Attribute
{
    /// <summary>Says when the member is visible.</summary>
    public PartialVisibilityAttribute(PartialVisibility visibility) => Visibility = visibility;

    /// <summary>When the member is visible.</summary>
    public PartialVisibility Visibility { get; }
}
