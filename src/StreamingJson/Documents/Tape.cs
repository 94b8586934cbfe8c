using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StreamingJson.Buffers;
using StreamingJson.Text;
using StreamingJson.Tokenization;

namespace StreamingJson.Documents;

/// <summary>
/// The stored structure of the document: a row for each name and value, and the text of what has escapes.
/// </summary>
/// <remarks>
/// <code>
///   {"a":[1,"x"],"b   Rows:  0 Object open
///                            1 Name   "a"
///                            2 Array  [1,"x"]
///                            3 Number 1
///                            4 String "x"
///                            5 Name   open     VisibleRows: 5, a property appears together with its value (law 2)
/// </code>
/// Invariant: <c>VisibleRows</c> is <c>Rows.Count</c>, less one while a name waits for its value.
/// </remarks>
internal struct Tape : ITokenHandler
{
    private const int InitialRows = 64;
    private const int InitialDepth = 8;

    private readonly PropertyNameSet? _names;
    private OpenContainer _current;
    private Arena<OpenContainer> _outer;
    private int _closedContainers;
    private int _ended;

    public Tape(TapePools pools, PropertyNameSet? names)
    {
        Rows = new Arena<TapeRow>(pools.Rows, InitialRows);
        Text = new Arena<byte>(pools.Bytes);
        ClosedOlder = new Arena<int>(pools.Integers, InitialDepth);
        _outer = new Arena<OpenContainer>(pools.Containers, InitialDepth);
        _names = names;
        _current.Row = OpenContainer.NoRow;
        LastRoot = OpenContainer.NoRow;
    }

    public Arena<TapeRow> Rows;

    /// <summary>The text of names and strings with escapes, unescaped, one after another.</summary>
    public Arena<byte> Text;

    /// <summary>The rows of the containers that were open at the last <see cref="Mark"/> and are closed now, innermost first.</summary>
    public Arena<int> ClosedOlder;

    /// <summary>How many rows a snapshot shows.</summary>
    public int VisibleRows { get; private set; }

    /// <summary>The row of the innermost open container, or <see cref="OpenContainer.NoRow"/>.</summary>
    public readonly int CurrentContainer => _current.Row;

    /// <summary>How many children the innermost open container has so far.</summary>
    public readonly int CurrentChildren => _current.Children;

    /// <summary>The row of the newest root value, or <see cref="OpenContainer.NoRow"/>.</summary>
    public int LastRoot { get; private set; }

    /// <summary>How many objects were found to have names that may repeat: another number after each.</summary>
    public int RepeatMarks { get; private set; }

    /// <summary>How many names and values were begun and containers closed.</summary>
    public readonly long Tokens => (long)Rows.Count + _closedContainers;

    /// <summary>How many values became complete.</summary>
    public readonly int Ended => _ended;

    /// <summary>The bytes of all arrays.</summary>
    public readonly long Capacity => ((long)Rows.Items.Length * TapeRow.Size) + Text.Items.Length
        + ((long)ClosedOlder.Items.Length * sizeof(int)) + ((long)_outer.Items.Length * OpenContainer.Size);

    /// <summary>How many arrays were outgrown.</summary>
    public readonly int Growths => Rows.Growths + Text.Growths + ClosedOlder.Growths + _outer.Growths;

    public readonly bool WantsPlainText => false;

    /// <summary>How far the document was when the last operation began.</summary>
    public TapeMark LastMark;

    /// <summary>An operation begins: what comes from here on is new.</summary>
    public void Mark(int byteCount)
    {
        LastMark.RowCount = Rows.Count;
        LastMark.ByteCount = byteCount;
        LastMark.TextCount = Text.Count;
        ClosedOlder.Count = 0;
    }

    public void OnStartContainer(bool isObject, int start)
    {
        int row = AddValue(isObject ? TapeKind.Object : TapeKind.Array, start, end: 0);
        _outer.Append().Set(_current);
        _current.Row = row;
        _current.Children = 0;
        _current.HasComment = false;
        _current.NameKinds = 0;
        _names?.StartContainer();
    }

    public void OnEndContainer(bool isObject, int end, bool hasTrailingComma)
    {
        Rows.Items[_current.Row].CloseContainer(_current.Children, Rows.Count, hasTrailingComma, _current.HasComment, end);
        if (_current.Row < LastMark.RowCount)
        {
            ClosedOlder.Append(_current.Row);
        }

        _closedContainers++;
        _ended++;
        _current.Set(_outer.Items[--_outer.Count]);
        _names?.EndContainer();
    }

    public void OnComment() => _current.HasComment = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnName(ReadOnlySpan<byte> data, int start, int end)
    {
        AddName(start, end);
        NoteName(data.Slice(start + 1, end - start - 2));
        return _names is null || _names.TryAdd(data.Slice(start + 1, end - start - 2));
    }

    public void OnStartName(int start) => AddName(start, end: 0);

    public bool OnEndName(ReadOnlySpan<byte> data, int end)
    {
        ref TapeRow row = ref Rows.Items[Rows.Count - 1];
        row.CloseText(row.IsEscaped ? Text.Count - row.Link : 0, end);
        ReadOnlySpan<byte> name = row.IsEscaped ? Text.Written.Slice(row.Link) : data.Slice(row.Start + 1, end - row.Start - 2);
        NoteName(name);
        return _names is null || _names.TryAdd(name);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnString(ReadOnlySpan<byte> data, int start, int end) => AddWholeValue(TapeKind.String, start, end);

    public void OnStartString(int start) => AddValue(TapeKind.String, start, end: 0);

    public void OnEndString(int end, bool hasReplacedSurrogate)
    {
        _ended++;
        ref TapeRow row = ref Rows.Items[Rows.Count - 1];
        row.CloseText(row.IsEscaped ? Text.Count - row.Link : 0, end, hasReplacedSurrogate);
    }

    public void OnEscaped() => Rows.Items[Rows.Count - 1].MarkEscaped(Text.Count);

    public void OnText(ReadOnlySpan<byte> utf8Text) => Text.Append(utf8Text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppendShortText(ulong utf8Text, int length)
    {
        int count = Text.Count;
        Span<byte> free = Text.Items.AsSpan(count);
        if (free.Length < sizeof(ulong))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(free, utf8Text);
        Text.Count = count + length;
        return true;
    }

    // As much as there is space for: nothing says how far the text goes, so that no space is made for all that may follow it. Where there
    // is too little, the text comes piece by piece, and makes some.
    public int TakeEscapedText(ReadOnlySpan<byte> json, int length)
    {
        length = Math.Min(length, Text.Free - EscapedText.Slack);
        if (length <= 0)
        {
            return 0;
        }

        int read = EscapedText.Unescape(json, length, Text.Items.AsSpan(Text.Count), out int written);
        Text.Count += written;
        return read;
    }

    public void OnText(byte ascii) => Text.Append(ascii);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnNumber(ReadOnlySpan<byte> data, int start, int end) => AddWholeValue(TapeKind.Number, start, end);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnLiteral(JsonValueKind kind, int start, int end) =>
        AddWholeValue((TapeKind)kind, start, end);

    /// <summary>Forgets the document; its arrays stay for the next one.</summary>
    public void Clear()
    {
        Rows.Count = 0;
        Text.Count = 0;
        _outer.Count = 0;
        _current = new OpenContainer { Row = OpenContainer.NoRow };
        _closedContainers = 0;
        _ended = 0;
        VisibleRows = 0;
        LastRoot = OpenContainer.NoRow;
        _names?.Clear();
        Mark(0);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Release()
    {
        Rows.Release(clear: false);
        Text.Release(clear: true);
        ClosedOlder.Release(clear: false);
        _outer.Release(clear: false);
        Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddName(int start, int end)
    {
        ref TapeRow row = ref Rows.Append();
        row.Set(TapeKind.Name, start, end);
        row.Link = _current.Row;
    }

    // Look-ups may stop at the first name that fits as long as the names of the object are certainly different.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteName(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        int kind = length == 0 ? 0 : (length * 7) + (name[0] * 5) + (name[length - 1] * 3) + name[length / 2];
        ulong bit = 1UL << kind; // by the lower six bits of it
        if ((_current.NameKinds & bit) != 0)
        {
            MarkMayRepeatNames(ref Rows.Items[_current.Row]);
        }

        _current.NameKinds |= bit;
    }

    private void MarkMayRepeatNames(ref TapeRow row)
    {
        if (!row.MayRepeatNames)
        {
            row.MarkMayRepeatNames();
            RepeatMarks++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddWholeValue(TapeKind kind, int start, int end)
    {
        AddValue(kind, start, end);
        _ended++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddValue(TapeKind kind, int start, int end)
    {
        int index = Rows.Count;
        Rows.Append().Set(kind, start, end);
        VisibleRows = index + 1;
        _current.Children++;
        if (_current.Row == OpenContainer.NoRow)
        {
            LastRoot = index;
        }

        return index;
    }
}
