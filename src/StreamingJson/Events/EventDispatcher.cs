using System;
using System.Text.Json;
using StreamingJson.Buffers;
using StreamingJson.Tokenization;

namespace StreamingJson.Events;

/// <summary>From the scanner's tokens to a handler's events.</summary>
internal struct EventDispatcher<THandler> : ITokenHandler
    where THandler : struct, IJsonEventHandler
{
    private readonly PropertyNameSet? _names;
    private bool _isInName;
    private long _stringStart;

    public EventDispatcher(THandler handler, PropertyNameSet? names, EventPools pools)
    {
        User = handler;
        _names = names;
        Path = new EventPath(pools);
    }

    /// <summary>The handler that is told.</summary>
    public THandler User;

    public EventPath Path { get; }

    /// <summary>The offset of the data's first byte in the text.</summary>
    public long BaseOffset { get; set; }

    /// <summary>How many tokens are whole.</summary>
    public long Tokens { get; private set; }

    public readonly bool WantsPlainText => true;

    public void OnStartContainer(bool isObject, int start)
    {
        Tokens++;
        Path.StartValue();
        JsonEventContext context = Context(BaseOffset + start);
        if (isObject)
        {
            User.OnStartObject(context);
        }
        else
        {
            User.OnStartArray(context);
        }

        Path.Push(isObject, BaseOffset + start);
        _names?.StartContainer();
    }

    public void OnEndContainer(bool isObject, int end, bool hasTrailingComma)
    {
        Tokens++;
        _names?.EndContainer();
        JsonEventContext context = Context(Path.Pop(), BaseOffset + end);
        if (isObject)
        {
            User.OnEndObject(context);
        }
        else
        {
            User.OnEndArray(context);
        }

        Path.EndValue();
    }

    public readonly void OnComment()
    {
    }

    public bool OnName(ReadOnlySpan<byte> data, int start, int end)
    {
        OnStartName(start);
        Path.AppendName(data.Slice(start + 1, end - start - 2));
        return OnEndName(data, end);
    }

    public void OnString(ReadOnlySpan<byte> data, int start, int end)
    {
        OnStartString(start);
        if (end - start > 2)
        {
            OnText(data.Slice(start + 1, end - start - 2));
        }

        OnEndString(end, hasReplacedSurrogate: false);
    }

    public void OnStartName(int start)
    {
        _isInName = true;
        Path.StartName();
    }

    public bool OnEndName(ReadOnlySpan<byte> data, int end)
    {
        _isInName = false;
        if (_names is not null && !_names.TryAdd(Path.Name))
        {
            return false;
        }

        Tokens++;
        Path.EndName();
        User.OnPropertyName(Path.Name, Context(BaseOffset + end));
        return true;
    }

    public void OnStartString(int start)
    {
        _stringStart = BaseOffset + start;
        Path.StartValue();
        User.OnStartString(Context(_stringStart));
    }

    public readonly void OnEscaped()
    {
    }

    public void OnText(ReadOnlySpan<byte> utf8Text)
    {
        if (_isInName)
        {
            Path.AppendName(utf8Text);
        }
        else
        {
            User.OnStringDelta(utf8Text, Context(_stringStart));
        }
    }

    public readonly bool TryAppendShortText(ulong utf8Text, int length) => false;

    public readonly int TakeEscapedText(ReadOnlySpan<byte> json, int length) => 0;

    // On the stack: on netstandard2.0 a collection expression would be an array.
    public void OnText(byte ascii)
    {
        ReadOnlySpan<byte> text = stackalloc byte[] { ascii };
        OnText(text);
    }

    public void OnEndString(int end, bool hasReplacedSurrogate)
    {
        Tokens++;
        User.OnEndString(Context(_stringStart, BaseOffset + end));
        Path.EndValue();
    }

    public void OnNumber(ReadOnlySpan<byte> data, int start, int end)
    {
        Tokens++;
        Path.StartValue();
        User.OnNumber(data.Slice(start, end - start), Context(BaseOffset + start, BaseOffset + end));
        Path.EndValue();
    }

    public void OnLiteral(JsonValueKind kind, int start, int end)
    {
        Tokens++;
        Path.StartValue();
        JsonEventContext context = Context(BaseOffset + start, BaseOffset + end);
        if (kind == JsonValueKind.Null)
        {
            User.OnNull(context);
        }
        else
        {
            User.OnBoolean(kind == JsonValueKind.True, context);
        }

        Path.EndValue();
    }

    public void Clear()
    {
        BaseOffset = 0;
        Tokens = 0;
        _isInName = false;
        Path.Clear();
        _names?.Clear();
    }

    private readonly JsonEventContext Context(long start, long end = -1) => new(Path, start, end);
}
