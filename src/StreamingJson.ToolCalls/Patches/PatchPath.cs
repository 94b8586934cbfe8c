using System;
using System.Buffers.Text;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Patches;

/// <summary>A place in a JSON value: names and indexes, read from a normalised JSONPath (RFC 9535, section 2.7), <c>$.a[0]['b c']</c>.</summary>
internal sealed class PatchPath : IDisposable
{
    /// <summary>The most steps: what is deeper is not read as arguments either.</summary>
    public const int MaxSteps = 64;

    private const ulong HashStart = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    private readonly Utf8Buffer _text = new();
    private readonly Utf8Buffer _names = new();
    private readonly Step[] _steps = new Step[MaxSteps];

    /// <summary>How many steps it has.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a step goes to an item of an array; else to a property.</summary>
    public bool IsIndex(int step) => _steps[step].Index >= 0;

    public int Index(int step) => _steps[step].Index;

    public ReadOnlySpan<byte> Name(int step) => _names.Written.Slice(_steps[step].Start, _steps[step].Length);

    /// <summary>A number for the first steps up to and including this one: equal for equal steps, and seldom for others.</summary>
    public ulong HashThrough(int step) => _steps[step].Hash;

    /// <summary>Reads a path; false if it is none, leads to the root, or is too long.</summary>
    public bool TryRead(EnvelopeValue path)
    {
        Clear();
        ReadOnlySpan<byte> raw = path.Raw;
        TextOddities oddities = TextOddities.None;
        char pending = '\0';
        _text.Advance(JsonStringText.Unescape(raw, _text.GetSpan(JsonStringText.MaxLength(raw.Length)), ref pending, ref oddities));
        ReadOnlySpan<byte> text = _text.Written;
        if (!path.IsString || text.IsEmpty)
        {
            return false;
        }

        // Without a root sign it begins with a name.
        bool isRead = text[0] == '$' || text[0] is (byte)'.' or (byte)'[' || TryReadName(ref text);
        text = isRead && !text.IsEmpty && text[0] == '$' ? text.Slice(1) : text;
        while (isRead && !text.IsEmpty)
        {
            byte sign = text[0];
            text = text.Slice(1);
            isRead = sign switch { (byte)'.' => TryReadName(ref text), (byte)'[' => TryReadBrackets(ref text), _ => false };
        }

        return isRead && Count > 0;
    }

    /// <summary>How many steps two paths begin with in common.</summary>
    public int CountCommon(PatchPath other)
    {
        int count = Math.Min(Count, other.Count);
        for (int i = 0; i < count; i++)
        {
            if (Index(i) != other.Index(i) || !Name(i).SequenceEqual(other.Name(i)))
            {
                return i;
            }
        }

        return count;
    }

    public void Clear()
    {
        Count = 0;
        _text.Clear();
        _names.Clear();
    }

    public void Dispose()
    {
        _text.Dispose();
        _names.Dispose();
    }

    private bool TryReadName(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny((byte)'.', (byte)'[');
        end = end < 0 ? text.Length : end;
        ReadOnlySpan<byte> name = text.Slice(0, end);
        text = text.Slice(end);
        return !name.IsEmpty && TryAddName(name);
    }

    private bool TryReadBrackets(ref ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out int index, out int length) && index >= 0 && length < text.Length && text[length] == ']')
        {
            text = text.Slice(length + 1);
            return TryAdd(new Step { Index = index });
        }

        byte quote = text.IsEmpty ? (byte)0 : text[0];
        int end = 1;
        while (end < text.Length && text[end] != quote)
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        if (quote is not ((byte)'\'' or (byte)'"') || end + 1 >= text.Length || text[end + 1] != ']')
        {
            return false;
        }

        ReadOnlySpan<byte> name = text.Slice(1, end - 1);
        text = text.Slice(end + 2);
        return TryAddName(name);
    }

    private bool TryAddName(ReadOnlySpan<byte> name)
    {
        int start = _names.Length;
        char pending = '\0';
        TextOddities oddities = TextOddities.None;
        _names.Advance(JsonStringText.Unescape(name, _names.GetSpan(JsonStringText.MaxLength(name.Length)), ref pending, ref oddities));
        return TryAdd(new Step { Index = -1, Start = start, Length = _names.Length - start });
    }

    private bool TryAdd(Step step)
    {
        if (Count == MaxSteps)
        {
            return false;
        }

        // FNV-1a; a byte that is in no UTF-8 text keeps the steps apart.
        ulong hash = Count == 0 ? HashStart : _steps[Count - 1].Hash;
        hash = (hash ^ 0xFF) * HashPrime;
        hash = (hash ^ (uint)step.Index) * HashPrime;
        foreach (byte value in _names.Written.Slice(step.Start, step.Length))
        {
            hash = (hash ^ value) * HashPrime;
        }

        step.Hash = hash;
        _steps[Count++] = step;
        return true;
    }

    private struct Step
    {
        /// <summary>The index in an array; -1 for a name.</summary>
        public int Index;
        public int Start;
        public int Length;
        public ulong Hash;
    }
}
