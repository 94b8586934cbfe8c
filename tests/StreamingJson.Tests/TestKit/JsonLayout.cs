using System;
using System.Collections.Generic;
using System.Text;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// What stands between the tokens. <paramref name="Blanks"/> are used in turn, one for each gap; <paramref name="Indent"/> adds line breaks as
/// a pretty printer does.
/// </summary>
internal sealed record JsonLayout(string[] Blanks, string? Indent = null, bool TrailingCommas = false)
{
    public static JsonLayout Compact { get; } = new([]);

    public IEnumerable<JsonLayout> Shrink()
    {
        if (Blanks.Length > 0 || Indent is not null)
        {
            yield return Compact with { TrailingCommas = TrailingCommas };
        }

        if (Blanks.Length > 1)
        {
            for (int i = 0; i < Blanks.Length; i++)
            {
                yield return this with { Blanks = [.. Blanks[..i], .. Blanks[(i + 1)..]] };
            }
        }

        if (TrailingCommas)
        {
            yield return this with { TrailingCommas = false };
        }
    }

    public string Write(JsonTree tree) => new Writer(this).Write(tree);

    private sealed class Writer(JsonLayout layout)
    {
        private readonly StringBuilder _text = new();
        private int _gaps;
        private int _depth;

        public string Write(JsonTree tree)
        {
            Gap();
            Value(tree);
            Gap();
            return _text.ToString();
        }

        private void Value(JsonTree tree)
        {
            switch (tree)
            {
                case JsonScalar scalar:
                    _text.Append(scalar.Raw);
                    break;
                case JsonString text:
                    _text.Append(text.Raw);
                    break;
                case JsonArray array:
                    Children('[', array.Items, Value, ']');
                    break;
                case JsonObject @object:
                    Children('{', @object.Members, Member, '}');
                    break;
                default:
                    throw new ArgumentException("Not a kind of value.", nameof(tree));
            }
        }

        private void Member(JsonMember member)
        {
            Value(member.Name);
            string blank = NextBlank();
            _text.Append(blank.Contains('/') ? "" : blank); // no comment before the colon
            _text.Append(layout.Indent is null ? ":" : ": ");
            Gap();
            Value(member.Value);
        }

        private void Children<T>(char open, T[] children, Action<T> write, char close)
        {
            _text.Append(open);
            _depth++;
            for (int i = 0; i < children.Length; i++)
            {
                Line();
                write(children[i]);
                Gap();
                bool isLast = i == children.Length - 1;
                _text.Append(isLast && !layout.TrailingCommas ? "" : ",");
            }

            _depth--;
            Line();
            _text.Append(close);
        }

        private void Line()
        {
            if (layout.Indent is not null)
            {
                _text.Append('\n').Insert(_text.Length, layout.Indent, _depth);
            }

            Gap();
        }

        private void Gap() => _text.Append(NextBlank());

        private string NextBlank() => layout.Blanks.Length == 0 ? "" : layout.Blanks[_gaps++ % layout.Blanks.Length];
    }
}
