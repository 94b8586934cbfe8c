using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using StreamingJson.Paths;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>
/// Which values of a JSON text: the part of JSONPath (RFC 9535) that can be answered while the text is being written, in one pass.
/// Immutable; may be shared between threads.
/// </summary>
/// <remarks>
/// <code>
/// $                            the root value
/// $.a  $['a']  $["a"]          a member; in quotes with the escapes of RFC 9535
/// $[0]  $[1:5]  $[::2]         an item, a slice of an array; bounds and steps are not negative
/// $[*]  $.*                    all children
/// $['a','b',0]                 several selectors
/// $..a  $..[*]                 below, at any depth
/// </code>
/// <para>
/// Not part of the subset is anything that needs the end of an array (negative indices, bounds and steps) or looks elsewhere (filters and
/// their functions). A pattern selects a set of values: where RFC 9535 lists a value twice, as <c>$['a','a']</c> does, it is selected
/// once, and values come in the order of the text. Names are compared unescaped; if a name occurs twice in an object, both values
/// are selected. If several root values are allowed, <c>$</c> is each of them.
/// </para>
/// </remarks>
public sealed class PathPattern
{
    private string? _text;

    internal PathPattern(IReadOnlyList<PathSegment> segments) => Segments = segments;

    internal IReadOnlyList<PathSegment> Segments { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="PathPatternException">Not a pattern; the exception says where, and why.</exception>
    public static PathPattern Parse(string text) =>
        TryParse(text, out PathPattern? pattern, out PathPatternException? error) ? pattern : throw error;

    /// <summary>Reads a pattern; false if the text is not one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="error">Where and why it is not a pattern.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathPattern? pattern, [NotNullWhen(false)] out PathPatternException? error)
    {
        var parser = new PathPatternParser(text ?? throw new ArgumentNullException(nameof(text)));
        pattern = parser.TryParse(out List<PathSegment> segments) ? new PathPattern(segments) : null;
        error = parser.Error;
        return pattern is not null;
    }

    /// <summary>
    /// Whether the pattern selects the value that a JSON pointer (RFC 6901) leads to. A pointer does not say what its containers are: a
    /// reference token that is an index of an array may as well be a name of an object, and either reading will do.
    /// </summary>
    /// <remarks>For occasional use: it costs segments x reference tokens, and allocates strings.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="pointer"/> is null.</exception>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    public bool Matches(string pointer)
    {
        ReadOnlySpan<char> rest = (pointer ?? throw new ArgumentNullException(nameof(pointer))).AsSpan();

        // At [n]: whether the first n segments may have led here.
        var reached = new bool[Segments.Count + 1];
        reached[0] = true;
        while (JsonPointerText.TryTakeToken(ref rest, out string? token))
        {
            Step(reached, token ?? throw JsonPointerText.NotAPointer(pointer));
        }

        return reached[Segments.Count];
    }

    /// <summary>The canonical text: <c>.name</c> where a name may be written so, everything else in brackets, names there in single quotes.</summary>
    public override string ToString()
    {
        if (_text is null)
        {
            var text = new StringBuilder("$");
            foreach (PathSegment segment in Segments)
            {
                segment.AppendTo(text);
            }

            _text = text.ToString();
        }

        return _text;
    }

    /// <summary>Whether it leads to one place at most: a singular query of RFC 9535, section 2.3.5.1.</summary>
    internal bool IsSingular
    {
        get
        {
            foreach (PathSegment segment in Segments)
            {
                if (segment.IsDescendant || segment.Selectors.Count != 1 || segment.Selectors[0].Kind is not (PathSelectorKind.Name or PathSelectorKind.Index))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The items of the arrays that this selects.</summary>
    internal PathPattern ToItems() => new([.. Segments, new PathSegment(isDescendant: false, [PathSelector.Items])]);

    // From the back: what is reached here is not to count for the next segment already.
    private void Step(bool[] reached, string token)
    {
        bool isIndex = JsonPointerText.TryParseIndex(token, out int index);
        for (int at = Segments.Count; at >= 0; at--)
        {
            bool stays = at < Segments.Count && reached[at] && Segments[at].IsDescendant;
            bool arrives = at > 0 && reached[at - 1]
                && (Segments[at - 1].SelectsName(token) || (isIndex && Segments[at - 1].SelectsIndex(index)));
            reached[at] = stays || arrives;
        }
    }
}
