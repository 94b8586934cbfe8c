namespace StreamingJson;

/// <summary>Is told of the operations on a parser; <see cref="StreamingJsonParser.Attach"/>.</summary>
/// <remarks>
/// What an observer throws comes out of the operation. The operation itself is done then, the parser can be used on, and observers behind
/// the one that threw are told at the next operation: an observer therefore remembers how far it has seen, and counts nothing by calls.
/// </remarks>
internal abstract class ParserObserver
{
    /// <summary>Of which operations it wants to be told. Asked after each; it may be told of others too. One that is still telling of an operation wants all.</summary>
    public virtual OperationKinds Wanted => OperationKinds.All;

    /// <summary>Something was appended, also if that made the text invalid, or the end was declared.</summary>
    public abstract void OnOperation(StreamingJsonParser parser);

    /// <summary>The parser is about to forget the text, by a reset or for good. The observer is detached.</summary>
    public abstract void OnForgetting(StreamingJsonParser parser);
}
