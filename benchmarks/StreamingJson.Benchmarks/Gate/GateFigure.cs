using System.Globalization;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>What a figure says.</summary>
internal enum Verdict
{
    Within,
    Past,

    /// <summary>The machine was too noisy to tell. It fails nothing.</summary>
    Inconclusive,
}

/// <summary>One figure of one task, with the bound that was committed for it. The margin is what the noise of this run allows beyond it.</summary>
internal sealed record GateFigure(string Task, string Document, string Chunk, string Figure, double Value, double Bound, double Margin = 0, bool IsTooNoisy = false)
{
    public Verdict Verdict => IsTooNoisy ? Verdict.Inconclusive : Value <= Bound + Margin ? Verdict.Within : Verdict.Past;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict,-12} {Task}, {Document}, chunk {Chunk}: {Figure} {Value:0.###}, bound {Bound:0.###}{(Margin > 0 ? string.Create(CultureInfo.InvariantCulture, $" + {Margin:0.###} noise") : string.Empty)}");
}
