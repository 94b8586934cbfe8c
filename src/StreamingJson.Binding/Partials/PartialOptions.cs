using System;
using StreamingJson.Binding.Partials;

namespace StreamingJson.Binding;

/// <summary>Which parts of a value may be seen before they are complete. Immutable; may be shared.</summary>
public sealed class PartialOptions
{
    private PartialOptions(VisibilityRules rules) => Rules = rules;

    /// <summary>As the contracts and their attributes say.</summary>
    public static PartialOptions Default { get; } = new(VisibilityRules.None);

    internal VisibilityRules Rules { get; }

    /// <summary>
    /// These options, and for what <paramref name="pattern"/> selects this visibility, whatever its contract and attribute say. If several
    /// patterns select a value, the last one counts. The root is always seen growing.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="pattern"/> is null.</exception>
    /// <exception cref="ArgumentException">The pattern has more than 63 segments.</exception>
    public PartialOptions With(PathPattern pattern, PartialVisibility visibility) =>
        new(Rules.With(pattern ?? throw new ArgumentNullException(nameof(pattern)), visibility));
}
