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
