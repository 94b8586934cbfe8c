using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamingJson.Buffers;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <summary>
/// The in-flight scanner: reads JSON that may be cut at any byte, each byte once, and tells a handler what became certain.
/// </summary>
/// <remarks>
/// The data is one contiguous span that only ever grows at its end; <see cref="Scan"/> is told where the new bytes begin. All that is
/// known of the bytes before is in the fields: the grammar position (<see cref="State"/> and <see cref="Containers"/>) and, inside a
/// token, its start and what the token's own methods keep. Every method that scans takes the index of the next byte and returns the
/// index after the last one it took, or <see cref="Stop"/> after an error.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal partial struct Tokenizer<THandler>
    where THandler : struct, ITokenHandler
{
    private const int Stop = -1;

    private readonly TokenizerSettings _settings;
    private int _tokenStart;
    private ScanState _stateAtError;

    /// <summary>Told of every token. Public, so that a caller reaches the struct itself and not a copy.</summary>
    public THandler Handler;

    public Tokenizer(TokenizerSettings settings, THandler handler)
    {
        _settings = settings;
        Handler = handler;
    }

    public ScanState State { get; private set; }

    public ContainerStack Containers;

    /// <summary>The error that was met, if any. It stays.</summary>
    public JsonErrorCode ErrorCode { get; private set; }

    /// <summary>The index of the byte at which the data stopped being the beginning of any valid text.</summary>
    public int ErrorIndex { get; private set; }

    /// <summary>The state, or the one in which the error was met.</summary>
    public readonly ScanState LexicalState => State == ScanState.Failed ? _stateAtError : State;

    /// <summary>What was let in although it is not plain RFC 8259 text.</summary>
    public JsonLeniencies Leniencies { get; private set; }

    /// <summary>The grammar position: <see cref="LexicalState"/>, but inside a comment the state around it.</summary>
    public readonly ScanState GrammarState => LexicalState is >= ScanState.AfterSlash and <= ScanState.LastInComment ? _stateAroundComment : LexicalState;

    /// <summary>Whether an item of the innermost array is being read (as no string) or due.</summary>
    public readonly bool AwaitsItem => GrammarState is not (ScanState.AfterValue or ScanState.BeforeFirstItem);

    /// <summary>How many bytes were gone over, each counted once for each time.</summary>
    public long BytesExamined;

    /// <summary>The index of the first byte of the token that is cut by the end of the data.</summary>
    public readonly int TokenStart => _tokenStart;

    /// <summary>Reads the bytes of <paramref name="data"/> from <paramref name="index"/> on; false after an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Scan(ReadOnlySpan<byte> data, int index)
    {
        BytesExamined += data.Length - index;
        while ((uint)index < (uint)data.Length)
        {
            byte next = data[index];
            switch (State)
            {
                case ScanState.InString:
                    index = ScanString(data, index);
                    continue;

                case ScanState.AfterValue:
                    if (next == ',')
                    {
                        index++;
                        if (Containers.InObject)
                        {
                            State = ScanState.BeforeName;
                            if (TryNext(data, ref index, ref next))
                            {
                                goto case ScanState.BeforeName;
                            }
                        }
                        else
                        {
                            State = ScanState.BeforeItem;
                            if (TryNext(data, ref index, ref next))
                            {
                                goto case ScanState.BeforeItem;
                            }
                        }

                        continue;
                    }

                    if (next == (Containers.InObject ? (byte)'}' : (byte)']'))
                    {
                        index = EndContainer(index);
                        continue;
                    }

                    break;

                case ScanState.BeforeName:
                case ScanState.BeforeFirstName:
                    if (next == '"')
                    {
                        index = ScanName(data, index);
                        if (State == ScanState.BeforeColon && TryNext(data, ref index, ref next))
                        {
                            goto case ScanState.BeforeColon;
                        }

                        continue;
                    }

                    if (next == '}' && MayEndHere())
                    {
                        index = EndContainer(index);
                        continue;
                    }

                    break;

                case ScanState.BeforeColon:
                    if (next == ':')
                    {
                        State = ScanState.BeforeValue;
                        index++;
                        if (TryNext(data, ref index, ref next))
                        {
                            goto case ScanState.BeforeValue;
                        }

                        continue;
                    }

                    break;

                case ScanState.BeforeFirstItem:
                case ScanState.BeforeItem:
                    if (next == ']' && MayEndHere())
                    {
                        index = EndContainer(index);
                        continue;
                    }

                    goto case ScanState.BeforeValue;

                case ScanState.BeforeValue:
                    if (next == '"')
                    {
                        index = ScanStringValue(data, index);
                        continue;
                    }

                    if (JsonBytes.IsDigit(next) || next == '-')
                    {
                        index = StartNumber(data, index);
                        continue;
                    }

                    if (next is (byte)'{' or (byte)'[')
                    {
                        index = StartContainer(next == '{', index);
                        continue;
                    }

                    if (next is (byte)'t' or (byte)'f' or (byte)'n')
                    {
                        index = StartLiteral(data, index);
                        continue;
                    }

                    break;

                case ScanState.InInteger:
                    index = ScanInteger(data, index);
                    continue;

                case ScanState.AfterRoot:
                    if (_settings.AllowMultipleValues)
                    {
                        goto case ScanState.BeforeValue;
                    }

                    break;

                default:
                    index = ResumeToken(data, index);
                    continue;
            }

            index = JsonBytes.IsWhitespace(next) ? index + 1 : StartOfNoToken(data, index);
        }

        if (State != ScanState.Failed)
        {
            return true;
        }

        BytesExamined -= data.Length - 1 - ErrorIndex;
        return false;
    }

    // The next byte, or that behind a blank: what may follow a token mostly stands right there, and then the state is known.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNext(ReadOnlySpan<byte> data, ref int index, ref byte next)
    {
        if ((uint)index >= (uint)data.Length)
        {
            return false;
        }

        next = data[index];
        if (next != ' ')
        {
            return true;
        }

        index++;
        if ((uint)index >= (uint)data.Length)
        {
            return false;
        }

        next = data[index];
        return true;
    }

    /// <summary>No more bytes come: a number at the root is closed by that. True when the text is whole.</summary>
    public bool Complete(ReadOnlySpan<byte> data)
    {
        if (Containers.Depth == 0 && IsCompleteNumber(State))
        {
            EndNumber(data, data.Length);
        }

        return (State == ScanState.InLineComment ? _stateAroundComment : State) switch
        {
            ScanState.AfterRoot => true,
            ScanState.Start or ScanState.BeforeValue => _settings.AllowMultipleValues && Containers.Depth == 0,
            _ => false,
        };
    }

    /// <summary>The index of the first byte that is still needed, in data of <paramref name="length"/> bytes.</summary>
    public readonly int FirstNeeded(int length) => State switch
    {
        ScanState.InString or ScanState.InStringUtf8 => _runStart,
        >= ScanState.AfterMinus and <= ScanState.InLiteral or ScanState.InByteOrderMark => _tokenStart,
        _ => length,
    };

    /// <summary>The first <paramref name="count"/> bytes of the data were dropped.</summary>
    public void Slide(int count)
    {
        _tokenStart -= count;
        _runStart -= count;
        _textLimit -= count;
    }

    /// <summary>Back to the state of a new tokenizer; the handler is left to its owner.</summary>
    public void Reset()
    {
        this = new Tokenizer<THandler>(_settings, Handler) { Containers = Containers };
        Containers.Clear();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ResumeToken(ReadOnlySpan<byte> data, int index) => State switch
    {
        ScanState.Start => ScanStart(data, index),
        <= ScanState.LastInString => ResumeString(data, index),
        <= ScanState.LastInNumber => ScanNumber(data, index),
        ScanState.InLiteral => ScanLiteral(data, index),
        ScanState.InByteOrderMark => ScanByteOrderMark(data, index),
        _ => ScanComment(data, index),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StartContainer(bool isObject, int index)
    {
        if (Containers.Depth >= _settings.MaxDepth)
        {
            return Fail(JsonErrorCode.DepthLimit, index);
        }

        Containers.Push(isObject);
        Handler.OnStartContainer(isObject, index);
        State = isObject ? ScanState.BeforeFirstName : ScanState.BeforeFirstItem;
        return index + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EndContainer(int index)
    {
        bool hasTrailingComma = State is ScanState.BeforeItem or ScanState.BeforeName;
        if (hasTrailingComma)
        {
            Leniencies |= JsonLeniencies.TrailingComma;
        }

        Handler.OnEndContainer(Containers.InObject, index + 1, hasTrailingComma);
        Containers.Pop();
        EndValue();
        return index + 1;
    }

    private void EndValue() => State = Containers.Depth == 0 ? ScanState.AfterRoot : ScanState.AfterValue;

    private readonly bool MayEndHere() =>
        _settings.AllowTrailingCommas || State is ScanState.BeforeFirstItem or ScanState.BeforeFirstName;

    // Not whitespace, and no token that may stand here begins with this byte.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StartOfNoToken(ReadOnlySpan<byte> data, int index)
    {
        byte next = data[index];
        if (next == '/' && _settings.SkipComments && State != ScanState.BeforeColon)
        {
            return StartComment(index);
        }

        return Fail(ErrorBetweenTokens(next), index);
    }

    private readonly JsonErrorCode ErrorAfterRoot =>
        _settings.AllowMultipleValues ? JsonErrorCode.ExpectedValue : JsonErrorCode.TrailingContent;

    private readonly JsonErrorCode ErrorBetweenTokens(byte next) => State switch
    {
        ScanState.BeforeItem when next == ']' => JsonErrorCode.TrailingComma,
        ScanState.BeforeName when next == '}' => JsonErrorCode.TrailingComma,
        ScanState.BeforeName or ScanState.BeforeFirstName => JsonErrorCode.ExpectedPropertyName,
        ScanState.BeforeColon => JsonErrorCode.ExpectedColon,
        ScanState.AfterValue => JsonErrorCode.ExpectedCommaOrEnd,
        ScanState.AfterRoot => ErrorAfterRoot,
        _ => JsonErrorCode.ExpectedValue,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Fail(JsonErrorCode code, int index)
    {
        _stateAtError = State;
        State = ScanState.Failed;
        ErrorCode = code;
        ErrorIndex = index;
        return Stop;
    }
}
