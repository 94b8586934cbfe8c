using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class CommandOptions
{
    public static Argument<string> TargetName(bool mayBeAll)
    {
        var argument = new Argument<string>("target") { Description = mayBeAll ? "A target, or 'all'." : "A target." };
        argument.Validators.Add(result =>
        {
            string name = result.GetValueOrDefault<string>();
            if (!(mayBeAll && name == "all") && TargetTable.Find(name) is null)
            {
                result.AddError($"There is no target '{name}'. Known: {string.Join(", ", TargetTable.Listed.Select(target => target.Name))}.");
            }
        });
        return argument;
    }

    public static Option<T> Number<T>(string name, string description, T value, T least)
        where T : IComparable<T>, IParsable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            // What is not a number has an error of its own.
            if (result.Tokens.Count == 1 && T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out T? given) && given.CompareTo(least) < 0)
            {
                result.AddError($"{name} must be at least {least}.");
            }
        });
        return option;
    }

    public static Option<double> Seconds(double value) => Number("--seconds", "Seconds for each target.", value, 0.1);

    public static Option<ulong> Seed() => new("--seed") { Description = "The seed; without one, the time. It is printed." };

    public static Option<string?> Out(string description) => new("--out") { Description = description };

    /// <summary>A seed that nobody gave.</summary>
    public static ulong NewSeed() => (ulong)DateTime.UtcNow.Ticks & 0xFFFFFFFF;
}
