using System;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Telemetry;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>
/// Builds the message from what a protocol finds in the payloads, and tells it as events: the one place that knows identity, ends, limits and
/// anomalies, for every protocol.
/// </summary>
/// <remarks>
/// <para>
/// A protocol calls the methods of this class while it reads one payload. They decide what belongs to which item and queue events; the texts stand in a
/// scratch buffer meanwhile. An event takes effect on the items when it is <em>read</em>: so item, snapshot and parser show what the event says, and not
/// what follows in the same payload.
/// </para>
/// <para>Files: this one (message, errors, the queue), <c>.Texts</c>, <c>.Calls</c>, <c>.Pieces</c> (what protocols call), <c>.Usage</c>, <c>.Identity</c> (the merge rule), <c>.Effects</c> (events take effect).</para>
/// </remarks>
internal sealed partial class MessageAssembler : IDisposable
{
    /// <summary>The index of items in an API that numbers none.</summary>
    public const long NoIndex = -1;

    // Instructions of the assembler to itself that stand in the queue with the events and are never delivered.
    private const ModelEventKind ConfirmArgumentsKind = (ModelEventKind)100;
    private const ModelEventKind ConfirmTextKind = (ModelEventKind)101;
    private const ModelEventKind ForgetArgumentsKind = (ModelEventKind)102;
    private const ModelEventKind DropItemKind = (ModelEventKind)103;

    private const int MaxErrors = 100;

    private readonly ModelStreamOptions _options;
    private readonly ToolCallLimits _limits;
    private readonly Utf8Buffer _scratch = new();
    private EventQueue _queue;
    private EventQueue _front;
    private ulong _reported;
    private bool _isStarted;
    private bool _hasError;
    private bool _isTerminated;
    private bool _isTurnEnded;
    private int _errorCount;

    public MessageAssembler(ModelStreamOptions options)
    {
        _options = options;
        _limits = options.Limits;
        _parserOptions = new StreamingJsonOptions { Limits = new JsonLimits { MaxDocumentBytes = Math.Max(1, _limits.MaxArgumentsBytes) } };
    }

    public ModelMessage Message { get; } = new();

    /// <summary>Measures the stream; <see langword="null"/> unless somebody wants to know.</summary>
    public StreamRecorder? Recorder { get; set; }

    /// <summary>Whether every event was read.</summary>
    public bool IsEmpty => _queue.IsEmpty && _front.IsEmpty;

    /// <summary>Whether the provider's last event was seen.</summary>
    public bool IsTerminated => _isTerminated;

    /// <summary>
    /// Which response the payload belongs to, where several may be under way in one stream (Realtime); 0 where that is not said, or there is but one. A call
    /// is of the response that it began in, and ends with that alone.
    /// </summary>
    public long Response { get; set; }

    /// <summary>Frees the texts of the payload before; call it only when every event was read.</summary>
    public void BeginPayload()
    {
        _scratch.Clear();
        _pieces = 0;
        _joinedName = null;
    }

    /// <summary>
    /// A message begins, or goes on: call it for each payload that carries an id or model. The event is queued at the first call. An id that changes
    /// after a finish reason begins another message in the same stream; one that changes before is a gateway's and ignored.
    /// </summary>
    public void StartMessage(EnvelopeValue id, EnvelopeValue model)
    {
        _isTurnEnded = false;
        bool isOther = id.IsText && Message.IdBuffer.Length > 0 && !Message.IdUtf8Equals(id.Raw) && HasFinished && !id.IsEscaped;
        if (isOther)
        {
            Report(AnomalyKind.SecondMessage);
        }

        if (id.IsText && (isOther || Message.IdBuffer.Length == 0) && !id.IsEscaped)
        {
            Message.SetId(id.Raw.Prefix(_limits.MaxNameBytes));
        }

        if (model.IsText && (isOther || Message.ModelBuffer.Length == 0))
        {
            int start = PutScratch(model.Raw);
            Message.SetModel(Scratch(start, _scratch.Length - start).Prefix(_limits.MaxNameBytes));
        }

        if (!_isStarted || isOther)
        {
            _isStarted = true;
            _queue.Enqueue(new ModelEvent(ModelEventKind.MessageStarted));
        }
    }

    /// <summary>Forgets the indexes so far: another message follows in the same stream, whose indexes begin anew.</summary>
    public void ForgetIndexes()
    {
        LookUpFrom(_calls.Count);
        ForgetTextIndexes();
    }

    /// <summary>The provider said that its turn is over, in an API that has no words for why: the open calls end as they do with a good finish reason.</summary>
    public void EndTurn()
    {
        _isTurnEnded = true;
        FlushTexts(-1);
        EndCalls(-1, UnsafeReasons.None, isExplicit: true);
    }

    /// <summary>The provider reported an error: an object with <c>message</c> and <c>code</c> or <c>type</c>, or a string.</summary>
    public void AddError(EnvelopeValue error)
    {
        EnvelopeValue code = error["code"u8];
        code = code.HasValue ? code : error["type"u8];
        code = code.HasValue ? code : error["status"u8];
        EnvelopeValue message = error.IsString ? error : error["message"u8];
        AddError(code.HasValue ? TextOf(code) : null, message.HasValue ? TextOf(message) : null);
    }

    /// <inheritdoc cref="AddError(EnvelopeValue)"/>
    public void AddError(string? code, string? message)
    {
        // Those that end later are doubted then; those of a model that had finished are none of its business.
        for (int i = _firstCall; i < _calls.Count && !_hasError && !_isTurnEnded; i++)
        {
            if (GetFinish(_calls[i].Choice, _calls[i].Response) == FinishReason.None)
            {
                _calls[i].Doubt(UnsafeReasons.StreamError);
            }
        }

        _hasError = true;
        if (_errorCount++ < MaxErrors)
        {
            _errors.Enqueue(new ModelError(code, message));
            _queue.Enqueue(new ModelEvent(ModelEventKind.Error, detail: message ?? code));
        }
    }

    /// <summary>Something is off. Each kind is told once for an item, or once for the stream. Where it means that a payload was lost, the open calls are doubted.</summary>
    public void Report(AnomalyKind kind, MessageItem? item = null, string? detail = null)
    {
        if (kind is AnomalyKind.MalformedFrame or AnomalyKind.UnknownLine or AnomalyKind.SequenceGap)
        {
            DoubtOpenCalls(-1, UnsafeReasons.StreamError);
        }

        Report(ref _queue, kind, item, detail);
    }

    /// <summary>Whether an anomaly of the stream was reported.</summary>
    public bool HasReported(AnomalyKind kind) => (_reported & (1UL << (int)kind)) != 0;

    /// <summary>The provider's last event was seen (<c>message_stop</c>, <c>response.completed</c>).</summary>
    public void Terminate() => _isTerminated = true;

    /// <summary><c>[DONE]</c>, which is no event of any protocol's own: it ends what has begun, and where nothing has, nothing was understood.</summary>
    public void TerminateStarted() => _isTerminated = _isTerminated || _isStarted || _hasError;

    /// <summary>Nothing follows; call it once. Open calls end without having been said to be over.</summary>
    /// <param name="worst">What the stream itself came to: <see cref="JsonOutcome.Complete"/> if its bytes simply ended.</param>
    /// <param name="expectsTerminator">Whether the protocol has a last event.</param>
    public void EndStream(JsonOutcome worst, bool expectsTerminator)
    {
        Response = 0;
        if (worst == JsonOutcome.Complete)
        {
            if (expectsTerminator && !_isTerminated)
            {
                Report(AnomalyKind.MissingTerminator);
            }

            if (!HasFinished && _isStarted && !_isTurnEnded)
            {
                Report(AnomalyKind.MissingFinishReason);
            }

            worst = _hasError || (!HasFinished && !_isTerminated && !_isTurnEnded) ? JsonOutcome.Truncated : JsonOutcome.Complete;
        }

        FlushTexts(-1);
        EndCalls(-1, worst == JsonOutcome.Invalid ? UnsafeReasons.StreamError : UnsafeReasons.None, isExplicit: false);
        _queue.Enqueue(new ModelEvent(ModelEventKind.StreamEnded, code: (int)worst));
    }

    /// <summary>A string of a payload, as a string: for what is rare (errors).</summary>
    public string TextOf(EnvelopeValue value)
    {
        int start = PutScratch(value.Raw);
        string text = Utf8Buffer.ToString(Scratch(start, _scratch.Length - start).Prefix(_limits.MaxNameBytes));
        _scratch.Truncate(start);
        return text;
    }

    public void Reset()
    {
        Message.Reset();
        _queue.Clear();
        _front.Clear();
        _scratch.Clear();
        _finishes.Clear();
        _errors.Clear();
        _reported = 0;
        Response = 0;
        _isStarted = _hasError = _isTerminated = _isTurnEnded = false;
        _errorCount = _stepCalls = _stepTexts = 0;
        ResetTexts();
        ResetCalls();
    }

    public void Dispose()
    {
        Reset();
        Message.Release();
        _scratch.Dispose();
        _equality?.Dispose();
        _olderUsage?.Dispose();
        ReleaseItems();
    }

    private static bool IsSameResponse(long one, long other) => one == other || one == 0 || other == 0;

    private void Report(ref EventQueue queue, AnomalyKind kind, MessageItem? item, string? detail)
    {
        ulong bit = 1UL << (int)kind;
        if (((item?.ReportedAnomalies ?? _reported) & bit) != 0)
        {
            return;
        }

        if (item is null)
        {
            _reported |= bit;
        }
        else
        {
            item.ReportedAnomalies |= bit;
        }

        queue.Enqueue(new ModelEvent(ModelEventKind.Anomaly, item, code: (int)kind, detail: detail));
    }

    private bool IsChoice(long choice) => choice >= 0 && choice <= _limits.MaxIndexJump;

    private bool TryGetChoice(long choice, out int number)
    {
        number = IsChoice(choice) ? (int)choice : -1;
        if (number < 0)
        {
            Report(AnomalyKind.LimitExceeded, detail: "choice");
        }

        return number >= 0;
    }

    // The text of a raw string, in the scratch buffer; returns where it begins. What is off about it is reported of the item, if it is one's.
    private int PutScratch(ReadOnlySpan<byte> raw, MessageItem? item = null)
    {
        char pending = '\0';
        TextOddities oddities = TextOddities.None;
        int start = _scratch.Length;
        _scratch.Advance(JsonStringText.Unescape(raw, _scratch.GetSpan(JsonStringText.MaxLength(raw.Length)), ref pending, ref oddities));
        _scratch.Advance(JsonStringText.FlushPending(_scratch.GetSpan(JsonStringText.MaxGrowthOfStart), ref pending, ref oddities));
        if (item is not null)
        {
            ReportOddities(item, oddities);
        }

        return start;
    }

    private ReadOnlySpan<byte> Scratch(int start, int length) => _scratch.Written.Slice(start, length);
}
