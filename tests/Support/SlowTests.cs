using System;
using Xunit;

namespace StreamingJson.Tests.Support;

/// <summary>A test that takes about a second or more: not part of a quick run (<c>STREAMINGJSON_TESTS</c> below 1), as is made for each mutant.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = PropertySettings.IsQuick ? PropertySettings.ReasonToSkip : null;
}

/// <inheritdoc cref="SlowFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlowTheoryAttribute : TheoryAttribute
{
    public SlowTheoryAttribute() => Skip = PropertySettings.IsQuick ? PropertySettings.ReasonToSkip : null;
}

/// <summary>
/// A test that counts allocated bytes: not part of a quick run, because a library with mutants in it is compiled otherwise, and the test would fail whichever of them is at work.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AllocationFactAttribute : FactAttribute
{
    public AllocationFactAttribute() => Skip = PropertySettings.IsQuick ? $"counts allocations; {PropertySettings.TestsVariable} is below 1" : null;
}
