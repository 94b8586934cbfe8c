using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>Documents that fit a schema: members in any order, some missing, some null, some that the contract does not know.</summary>
public sealed class SchemaDocuments
{
    private const int MostNodes = 60;

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private int _nodes;

    private readonly bool _isDamaged;

    private SchemaDocuments(int seed, bool isDamaged)
    {
        _random = new Random(seed);
        _isDamaged = isDamaged;
    }

    /// <summary>By a number: FsCheck picks it, and a failure names it.</summary>
    public static Arbitrary<SeededText> Of(Schema schema, bool damaged = false) => Arb.From(
        Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(schema, seed, damaged)));

    public static SeededText Make(Schema schema, int seed, bool damaged = false)
    {
        var documents = new SchemaDocuments(seed, damaged);
        documents.Write(schema);
        return new SeededText(seed, Encoding.UTF8.GetBytes(documents._text.ToString()));
    }

    private void Write(Schema schema)
    {
        _nodes++;
        Blank();
        if (_isDamaged && _random.Next(30) == 0)
        {
            string[] misfits = ["{\"x\":[]}", "[1,[]]", "\"\\u00e9\"", "-1.5", "null", "true"];
            _text.Append(misfits[_random.Next(misfits.Length)]);
            return;
        }

        switch (schema)
        {
            case Prose:
                WriteProse();
                break;
            case Atom atom:
                _text.Append(atom.Samples[_random.Next(atom.Samples.Length)]);
                break;
            case Whole whole:
                Write(whole.Inner);
                break;
            case Sequence sequence:
                WriteItems(sequence.Item());
                break;
            case Entries entries:
                Member[] members = [.. entries.Names.Select(name => new Member(name, () => entries.Item) { IsNullable = false })];
                WriteMembers(members, [], hasUnknown: false);
                break;
            case Shaped shaped:
                WriteMembers(shaped.Members, [], hasUnknown: true);
                break;
            case Choice choice:
                (string tag, Shaped shape) = choice.Shapes[_random.Next(choice.Shapes.Length)];
                WriteMembers(shape.Members, [(choice.Name, tag)], hasUnknown: true);
                break;
        }

        Blank();
    }

    private void WriteItems(Schema item)
    {
        _text.Append('[');
        for (int left = _nodes > MostNodes ? 0 : _random.Next(5); left > 0; left--)
        {
            Write(item);
            _text.Append(left > 1 ? "," : "");
        }

        _text.Append(']');
    }

    private void WriteMembers(Member[] members, (string Name, string Text)[] first, bool hasUnknown)
    {
        _text.Append('{');
        bool isFirst = true;
        foreach ((string name, string text) in first)
        {
            WriteName(name, ref isFirst);
            _text.Append(text);
        }

        double share = _nodes > MostNodes ? 0 : 0.6;
        foreach (Member member in members.OrderBy(_ => _random.Next()))
        {
            if (!member.IsRequired && _random.NextDouble() > share)
            {
                continue;
            }

            if (hasUnknown && _random.Next(12) == 0)
            {
                WriteName("unknown" + _text.Length, ref isFirst);
                Write(new Sequence(() => new Prose()));
            }

            WriteName(member.Name, ref isFirst);
            if (member.IsNullable && _random.Next(10) == 0)
            {
                _text.Append("null");
            }
            else
            {
                Write(member.Schema());
            }
        }

        _text.Append('}');
    }

    private void WriteName(string name, ref bool isFirst)
    {
        _text.Append(isFirst ? "" : ",");
        isFirst = false;
        Blank();
        _text.Append('"').Append(name).Append("\":");
    }

    private void WriteProse()
    {
        string[] pieces = ["a", "hello ", "\\n", "\\u00e9", "\u00e9", "\\ud83d\\ude80", "\ud83d\ude80", "\\\"", "{[,", "\u4e2d", "x", "12"];
        _text.Append('"');
        for (int left = _random.Next(8); left > 0; left--)
        {
            _text.Append(pieces[_random.Next(pieces.Length)]);
        }

        _text.Append('"');
    }

    private void Blank() => _text.Append(_random.Next(6) == 0 ? " \n" : "");
}

/// <summary>A document, with the number that it is made from again.</summary>
public sealed record SeededText(int Seed, byte[] Bytes)
{
    public override string ToString() => $"{Seed}: {Encoding.UTF8.GetString(Bytes)}";
}
