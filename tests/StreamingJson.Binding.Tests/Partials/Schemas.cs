using System;
using System.Linq;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>What a contract is, said again, plainly: what the documents are made from, and what the oracle shows.</summary>
public abstract record Schema;

/// <summary>A string that may be seen growing.</summary>
public sealed record Prose : Schema;

/// <summary>A value of these texts, seen when it is complete.</summary>
public sealed record Atom(params string[] Samples) : Schema;

/// <summary>Anything like that, seen when it is complete.</summary>
public sealed record Whole(Schema Inner) : Schema;

public sealed record Sequence(Func<Schema> Item) : Schema;

public sealed record Entries(Schema Item, params string[] Names) : Schema;

public sealed record Member(string Name, Func<Schema> Schema)
{
    public bool IsRequired { get; init; }

    public bool Holds { get; init; }

    public bool IsNullable { get; init; } = true;
}

public sealed record Shaped(params Member[] Members) : Schema;

/// <summary>An object whose first member says which of these it is.</summary>
public sealed record Choice(string Name, params (string Tag, Shaped Shape)[] Shapes) : Schema;

public static class Schemas
{
    private static readonly Schema Integer = new Atom("0", "-12", "2147483647", "7");
    private static readonly Schema Number = new Atom("0.5", "-1e-3", "12", "123456789.25");
    private static readonly Schema Boolean = new Atom("true", "false");

    private static readonly Shaped PointShape = new(Value("x", Integer), Value("y", Integer), Of("label", () => new Prose()));

    private static readonly Shaped MetricShape = new(Value("value", Number), Of("unit", () => new Prose()));

    public static Choice ShapeChoice { get; } = new(
        "kind",
        ("\"circle\"", new Shaped(Of("name", () => new Prose()), Value("radius", Number), Value("center", PointShape))),
        ("7", new Shaped(Of("name", () => new Prose()), Of("parts", () => new Sequence(() => ShapeChoice!)))));

    public static Shaped SectionShape { get; } = new(
        Of("heading", () => new Prose()),
        Of("paragraphs", () => new Sequence(() => new Prose())),
        Of("next", () => SectionShape!),
        Of("children", () => new Sequence(() => SectionShape!)),
        Of("marks", () => new Sequence(() => Integer)),
        Of("words", () => new Sequence(() => new Whole(new Prose()))), // a set
        Of("where", () => PointShape),
        Of("link", () => new Atom("\"https://example.org/a\"", "\"b/c\"")),
        Of("price", () => new Atom("\"12.50 EUR\"", "\"1 X\"")),
        Value("key", new Atom("\"0f8fad5b-d9cb-469f-a165-70867728950e\"")),
        Value("done", Boolean),
        Of("x-note", () => new Prose()),
        Value("day", new Atom("\"Monday\"", "\"Friday\"")),
        Of("raw", () => new Whole(PointShape)));

    public static Shaped ReportShape { get; } = new(
        Value("id", new Prose()) with { IsRequired = true },
        Of("title", () => new Prose()),
        Value("severity", new Atom("0", "1")),
        Of("when", () => new Atom("\"2024-05-06T07:08:09+02:00\"")),
        Of("sections", () => new Sequence(() => SectionShape)),
        Of("metrics", () => new Entries(MetricShape, "cpu", "m\\u00e9m", "", "/~")),
        Of("shape", () => ShapeChoice),
        Of("tags", () => new Sequence(() => new Prose())),
        Of("numbers", () => new Sequence(() => Integer)),
        Of("history", () => new Sequence(() => MetricShape)),
        Of("byNumber", () => new Entries(new Prose(), "1", "22", "-3")));

    public static Shaped CardShape { get; } = new(
        Of("title", () => new Prose()), Of("lines", () => new Sequence(() => new Prose())), Value("corner", PointShape));

    public static Shaped Holding(this Shaped shape, string name) =>
        new([.. shape.Members.Select(member => member.Name == name ? member with { Holds = true } : member)]);

    private static Member Of(string name, Func<Schema> schema) => new(name, schema);

    private static Member Value(string name, Schema schema) => new(name, () => schema) { IsNullable = false };
}
