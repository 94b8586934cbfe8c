using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace StreamingJson.Tests.TestKit;

/// <summary>The grammar of RFC 8259 as generators, one for each production.</summary>
internal sealed class DocumentGenerator
{
    private readonly DocumentOptions _options;
    private readonly Gen<JsonTree> _scalar;
    private readonly Gen<JsonString> _string;
    private readonly Gen<JsonString> _name;

    public DocumentGenerator(DocumentOptions options)
    {
        _options = options;
        _string = Pieces(StringPiece(), maxCount: 12);
        _name = Gen.Frequency(
            (6, Gen.Elements<string[]>(["a"], ["b"], ["name"], ["value"], ["id"], [], ["\\u0061"], ["n", "\\u0061", "me"], ["\\/"])
                .Select(pieces => new JsonString(pieces))),
            (3, Pieces(StringPiece(), maxCount: 4)));
        _scalar = Gen.Frequency(
            (4, _string.Select(text => (JsonTree)text)),
            (3, Number().Select(raw => (JsonTree)new JsonScalar(raw))),
            (2, Gen.Elements("true", "false", "null").Select(raw => (JsonTree)new JsonScalar(raw))));
    }

    /// <summary>A root of any kind, containers four times out of five; FsCheck's size bounds the number of values.</summary>
    public Gen<JsonText> Document() => Gen.Sized(size =>
        from root in Gen.Frequency((1, _scalar), (4, Container(Math.Max(2, size / 2), _options.MaxDepth)))
        from layout in Layout()
        select new JsonText(root, layout));

    private Gen<JsonTree> Value(int budget, int depth) => budget <= 1 || depth <= 0
        ? _scalar
        : Gen.Frequency((3, _scalar), (2, Container(budget, depth)));

    private Gen<JsonTree> Container(int budget, int depth) =>
        from count in Gen.Choose(0, Math.Min(budget, 6))
        let share = budget / Math.Max(1, count)
        from container in Gen.OneOf(Array(count, share, depth - 1), Object(count, share, depth - 1))
        select container;

    private Gen<JsonTree> Array(int count, int budget, int depth) =>
        Value(budget, depth).ArrayOf(count).Select(items => (JsonTree)new JsonArray(items));

    private Gen<JsonTree> Object(int count, int budget, int depth) =>
        from names in _name.ArrayOf(count)
        from values in Value(budget, depth).ArrayOf(count)
        let members = names.Zip(values, (name, value) => new JsonMember(name, value))
        select (JsonTree)new JsonObject([.. _options.DuplicateNames ? members : members.DistinctBy(m => m.Name.Text)]);

    private static Gen<JsonString> Pieces(Gen<string> piece, int maxCount) =>
        from count in Gen.Choose(0, maxCount)
        from pieces in piece.ArrayOf(count)
        select new JsonString(pieces);

    private Gen<string> StringPiece()
    {
        Gen<string> ascii = Gen.Choose(0x20, 0x7F).Where(c => c is not '"' and not '\\').Select(c => ((char)c).ToString());
        Gen<string> word = Gen.Elements("hello", "the quick brown fox", "   ", "//", "/*", "{[,:]}", "null", "1");
        Gen<string> run = Gen.Choose(16, 200).Select(n => new string('x', n)); // long enough for vectorised scans
        Gen<string> escape = Gen.Elements("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t");
        Gen<string> raw2To4Bytes = Scalar().Select(rune => rune.ToString());
        Gen<string> unicodeEscape = Scalar().SelectMany(Escape);
        Gen<string> lone = Gen.Choose(0xD800, 0xDFFF).SelectMany(unit => EscapeUnit((char)unit));
        return Gen.Frequency(
            (4, ascii), (3, word), (1, run), (3, escape), (3, raw2To4Bytes), (3, unicodeEscape), (_options.UnpairedSurrogates ? 3 : 0, lone));
    }

    /// <summary>Code points whose UTF-8 has 1 to 4 bytes in about equal parts, the edges of each range more often.</summary>
    private static Gen<Rune> Scalar() => Gen.OneOf(
        Gen.Choose(0x20, 0x7E).Where(c => c is not '"' and not '\\'),
        Gen.Choose(0x80, 0x7FF),
        Gen.Choose(0x800, 0xFFFF).Where(c => c is < 0xD800 or > 0xDFFF),
        Gen.Choose(0x10000, 0x10FFFF),
        Gen.Elements(0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0x2028, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF))
        .Select(c => new Rune(c));

    private static Gen<string> Escape(Rune rune)
    {
        string units = rune.ToString();
        return units.Length == 1
            ? EscapeUnit(units[0])
            : EscapeUnit(units[0]).SelectMany(high => EscapeUnit(units[1]).Select(low => high + low));
    }

    private static Gen<string> EscapeUnit(char unit) =>
        Gen.Elements($"\\u{(int)unit:x4}", $"\\u{(int)unit:X4}");

    private static Gen<string> Number() => Gen.Frequency(
        (2, Gen.Elements(
            "0", "-0", "0.0", "-0.0e-0", "1e400", "-1E+400", "1e-400", "5e-324", "1.7976931348623157e308", "9007199254740993",
            "2147483648", "9223372036854775807", "9223372036854775808", "9223372036854775809", "-9223372036854775809",
            "18446744073709551616", "0.1", "1E9", "1e+09", "79228162514264337593543950336", new string('9', 400))),
        (3, Gen.Choose(-1000, 1000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (3, from sign in Gen.Elements("", "-")
            from integer in Gen.OneOf(Gen.Constant("0"), Digits(12).Select(d => "1" + d), Digits(40).Select(d => "7" + d))
            from fraction in Gen.OneOf(Gen.Constant(""), Digits(20).Select(d => ".0" + d), Digits(3).Select(d => "." + d + "5"))
            from exponent in Gen.OneOf(Gen.Constant(""), Exponent())
            select sign + integer + fraction + exponent));

    private static Gen<string> Exponent() =>
        from e in Gen.Elements("e", "E")
        from sign in Gen.Elements("", "+", "-")
        from digits in Digits(3)
        select e + sign + "0" + digits;

    private static Gen<string> Digits(int maxCount) =>
        from count in Gen.Choose(0, maxCount)
        from digits in Gen.Choose(0, 9).ArrayOf(count)
        select string.Concat(digits);

    private Gen<JsonLayout> Layout()
    {
        Gen<string> blank = Gen.Elements("", "", " ", "  ", "\n", "\r\n", "\t", " \r \n\t ");
        Gen<string> comment = Gen.Elements("//\n", "// a \" b\r\n", "/**/", "/* * { \" é */", " /*\n*/\t", "//\u2027\n");
        Gen<string> gap = _options.Comments ? Gen.OneOf(blank, comment) : blank;
        Gen<JsonLayout> random =
            from count in Gen.Choose(1, 7)
            from blanks in gap.ArrayOf(count)
            select new JsonLayout(blanks);
        Gen<JsonLayout> pretty = Gen.Elements("", "  ", "\t").Select(indent => new JsonLayout([], indent));
        return
            from layout in Gen.Frequency((2, Gen.Constant(JsonLayout.Compact)), (1, pretty), (2, random))
            from trailing in Gen.Elements(false, _options.TrailingCommas)
            select layout with { TrailingCommas = trailing };
    }
}
