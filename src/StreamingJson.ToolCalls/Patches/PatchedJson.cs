using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Patches;

/// <summary>Turns path patches into the JSON text that they build, as far as it is certain: what one place after the other fills, in the order of the text.</summary>
/// <remarks>
/// Models write their arguments from the first to the last character, so the patches come in that order, and each adds to the end of the text.
/// Should one go back to a place that the text has left, the text stands still, a <see cref="PatchTree"/> takes the patches, and <see cref="Close"/>
/// gives another text (<see cref="IsReordered"/>).
/// </remarks>
internal sealed class PatchedJson : IDisposable
{
    private readonly Utf8Buffer _text = new();
    private readonly HashSet<ulong> _properties = new();
    private PatchPath _current = new();
    private PatchPath _next = new();
    private PatchTree? _tree;
    private int _taken;
    private bool _isStringOpen;

    /// <summary>Whether a patch went back, so that the text so far is not the beginning of the final one.</summary>
    public bool IsReordered { get; private set; }

    /// <summary>Whether nothing was put anywhere.</summary>
    public bool IsEmpty => _current.Count == 0 && !IsReordered;

    /// <summary>The whole text so far.</summary>
    public ReadOnlySpan<byte> Text => _text.Written;

    /// <summary>The text since the last call; nothing once a patch went back.</summary>
    public ReadOnlySpan<byte> TakeNew()
    {
        if (IsReordered)
        {
            return default;
        }

        ReadOnlySpan<byte> text = _text.Written.Slice(_taken);
        _taken = _text.Length;
        return text;
    }

    /// <summary>Takes one patch; false if it cannot be read.</summary>
    public bool TryApply(EnvelopeValue patch)
    {
        if (!_next.TryRead(patch["jsonPath"u8]))
        {
            return false;
        }

        EnvelopeValue text = patch["stringValue"u8];
        bool isSame = _next.Count == _current.Count && _next.CountCommon(_current) == _next.Count;
        bool goesOn = patch["willContinue"u8].IsTrue;
        if (!IsReordered && isSame && _isStringOpen && (text.IsString || !PatchValue.IsIn(patch)))
        {
            _text.Append(text.Raw);
            EndString(goesOn);
            return true;
        }

        if (!PatchValue.IsIn(patch) || (isSame && !IsReordered && text.IsString && !text.IsText))
        {
            return true;
        }

        if (IsReordered)
        {
            return _tree!.TrySet(_next, patch);
        }

        EndString(goesOn: false);
        if (!CanGoOn())
        {
            return GoBack() && _tree!.TrySet(_next, patch);
        }

        Go();
        if (text.IsString)
        {
            _text.Append((byte)'"');
            _text.Append(text.Raw);
            _isStringOpen = true;
            EndString(goesOn);
        }
        else
        {
            PatchValue.WriteLiteral(patch, _text);
        }

        return true;
    }

    /// <summary>Closes all that is open: no patch follows. No patch at all is an empty object.</summary>
    public void Close()
    {
        if (IsReordered)
        {
            _text.Clear();
            _tree!.Write(_text);
            return;
        }

        EndString(goesOn: false);
        CloseDownTo(0);
        if (_text.Length == 0)
        {
            _text.Append("{}"u8);
        }

        _current.Clear();
    }

    public void Reset()
    {
        _text.Clear();
        _properties.Clear();
        _current.Clear();
        _tree?.Dispose();
        _tree = null;
        _taken = 0;
        _isStringOpen = IsReordered = false;
    }

    public void Dispose()
    {
        Reset();
        _text.Dispose();
        _current.Dispose();
        _next.Dispose();
    }

    // Whether the next place lies behind the current one in the text.
    private bool CanGoOn()
    {
        int common = _next.CountCommon(_current);
        if (common == _next.Count || (_current.Count > 0 && common == _current.Count))
        {
            // That place has a value; or its parent has one that is no container.
            return false;
        }

        for (int i = common; i < _next.Count; i++)
        {
            bool isNew = i > common || _current.Count == 0;
            int expected = isNew ? 0 : _current.Index(i) + 1;
            if (!isNew && _next.IsIndex(i) != _current.IsIndex(i))
            {
                return false;
            }

            if (_next.IsIndex(i) ? _next.Index(i) != expected : !isNew && _properties.Contains(_next.HashThrough(i)))
            {
                return false;
            }
        }

        return true;
    }

    // Writes what leads from the current place to the next.
    private void Go()
    {
        int common = _next.CountCommon(_current);
        bool isFirst = _current.Count == 0;
        if (!isFirst)
        {
            CloseDownTo(common + 1);
            _text.Append((byte)',');
        }

        for (int i = common; i < _next.Count; i++)
        {
            if (i > common || isFirst)
            {
                _text.Append(_next.IsIndex(i) ? (byte)'[' : (byte)'{');
            }

            if (!_next.IsIndex(i))
            {
                _properties.Add(_next.HashThrough(i));
                PatchValue.WriteName(_next.Name(i), _text);
                _text.Append((byte)':');
            }
        }

        (_current, _next) = (_next, _current);
    }

    // From here on there is no text until the end.
    private bool GoBack()
    {
        CloseDownTo(0);
        using var envelope = new Envelope();
        _tree = new PatchTree();
        IsReordered = _text.Length == 0 || (envelope.TryRead(_text.Written, out EnvelopeValue root) && _tree.TryLoad(root));
        return IsReordered;
    }

    private void EndString(bool goesOn)
    {
        if (_isStringOpen && !goesOn)
        {
            _text.Append((byte)'"');
            _isStringOpen = false;
        }
    }

    private void CloseDownTo(int depth)
    {
        for (int i = _current.Count - 1; i >= depth; i--)
        {
            _text.Append(_current.IsIndex(i) ? (byte)']' : (byte)'}');
        }
    }
}
