using System;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>A property within a <see cref="JsonSnapshot"/>: its name is complete, its value has begun (law 2). Valid as long as the snapshot.</summary>
public readonly struct PartialJsonProperty
{
    private readonly TapeView _view;
    private readonly int _nameRow;

    internal PartialJsonProperty(TapeView view, int nameRow)
    {
        _view = view;
        _nameRow = nameRow;
    }

    /// <summary>The name, unescaped, as a new string.</summary>
    public string Name => Utf8Text.ToString(NameUtf8);

    /// <summary>The name as UTF-8, unescaped. A slice: nothing is copied.</summary>
    public ReadOnlySpan<byte> NameUtf8 => _view.Text(_view.Rows[_nameRow]);

    /// <summary>The value so far.</summary>
    public PartialJsonElement Value => new(_view, _nameRow + 1);

    /// <summary>Whether the unescaped name is this UTF-8 text.</summary>
    public bool NameEquals(ReadOnlySpan<byte> utf8Name) => NameUtf8.SequenceEqual(utf8Name);

    /// <summary>Whether the unescaped name is this text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool NameEquals(string name) => NameEquals(Utf8Text.GetBytes((name ?? throw new ArgumentNullException(nameof(name))).AsSpan()));
}
