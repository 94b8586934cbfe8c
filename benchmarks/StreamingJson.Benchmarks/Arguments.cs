using System;
using System.Collections.Generic;
using System.Linq;

namespace StreamingJson.Benchmarks;

/// <summary>What stands behind a command: lists in a fixed order, and options with one value each, anywhere.</summary>
internal sealed class Arguments
{
    private readonly List<string> _lists = [];
    private readonly Dictionary<string, string> _options = [];

    /// <param name="arguments">What was given.</param>
    /// <param name="mostLists">How many lists the command takes.</param>
    /// <param name="options">The options it takes, such as <c>--out</c>.</param>
    /// <exception cref="UsageException">There is more, or something else.</exception>
    public Arguments(ReadOnlySpan<string> arguments, int mostLists, params ReadOnlySpan<string> options)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                _lists.Add(argument);
            }
            else if (!options.Contains(argument) || _options.ContainsKey(argument))
            {
                throw new UsageException($"'{argument}' is not understood.");
            }
            else if (++i == arguments.Length || arguments[i].StartsWith('-'))
            {
                throw new UsageException($"{argument} needs a value.");
            }
            else
            {
                _options[argument] = arguments[i];
            }
        }

        if (_lists.Count > mostLists)
        {
            throw new UsageException($"'{_lists[mostLists]}' is one argument too many.");
        }
    }

    /// <summary>The value of an option, or null.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>What a list names, in its order; everything where it is left out or <c>*</c>.</summary>
    public List<T> List<T>(int index, IEnumerable<T> all, Func<string, T> find) =>
        index < _lists.Count && _lists[index] != "*" ? [.. _lists[index].Split(',').Select(find)] : [.. all];

    /// <summary>Whether there is a list that is not <c>*</c>.</summary>
    public bool HasList(int index) => index < _lists.Count && _lists[index] != "*";
}
