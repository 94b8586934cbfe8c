using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding.Partials;
using StreamingJson.Documents;

namespace StreamingJson.Binding;

/// <summary>
/// Reads what a parser has so far as a <typeparamref name="T"/>, again and again, at the cost of what changed since: complete values are
/// deserialized once, and what is open is built again from its parts.
/// </summary>
/// <remarks>
/// <para>
/// For each container that is open, a read costs a little for each member or item of it that is complete, and for a string that grows its
/// length: an array, and what is read by <c>IReadOnlyList</c> or <c>IEnumerable</c>, is copied as a block; a list item by item, a few
/// nanoseconds each; a member or an entry takes about 50 bytes of text. Members with a
/// converter of their own, numbers that may be written as strings, and collections that are filled in place are read again with their
/// object. Extension data is seen when its object is complete. With a reference handler nothing is seen before the end.
/// </para>
/// <para>
/// Not thread-safe; it may read on another thread than the parser's owner only between the owner's calls. It holds nothing that has to be
/// disposed. After the parser was reset it reads the next text from the start; if several root values are allowed, the newest of them.
/// </para>
/// </remarks>
public sealed class PartialReader<T>
{
    private readonly TypeContract _contract;
    private readonly PartialBinder _binder;
    private PartialBindingException? _error;
    private (int Version, int Root) _text = (0, TapeView.NotFound);
    private int _byteCount;

    internal PartialReader(StreamingJsonParser parser, JsonTypeInfo<T> jsonTypeInfo, PartialOptions? options)
    {
        Parser = parser ?? throw new ArgumentNullException(nameof(parser));
        _ = jsonTypeInfo ?? throw new ArgumentNullException(nameof(jsonTypeInfo));
        _contract = PartialContracts.For(jsonTypeInfo.Options).Get(typeof(T));
        _binder = new PartialBinder(_contract, (options ?? PartialOptions.Default).Rules);
    }

    /// <summary>Where the text comes from; the reader never feeds, completes or disposes it.</summary>
    public StreamingJsonParser Parser { get; }

    internal PartialBinder Binder => _binder;

    /// <summary>The text so far.</summary>
    /// <remarks>A value that does not fit is reported by <see cref="Partial{T}.Error"/>, never thrown.</remarks>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    public Partial<T> Read() => Read(Parser.Snapshot);

    /// <summary>The text as it was when a snapshot was taken: for consumers of snapshots, at a pace or on another thread.</summary>
    /// <remarks>May be called while the parser's owner goes on, but not while it is being reset or disposed. A snapshot that is older than the one before is read from the start.</remarks>
    /// <param name="snapshot">A snapshot of <see cref="Parser"/>.</param>
    /// <exception cref="ArgumentException">The snapshot is of another parser, or the default one.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed since.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Converters and constructors throw what they like; the partial tells what.")]
    public Partial<T> Read(in JsonSnapshot snapshot)
    {
        TapeView view = snapshot.View;
        if (view.Document != Parser.Document)
        {
            throw new ArgumentException("The snapshot is not of this parser.", nameof(snapshot));
        }

        _ = view.Rows; // of a text that is gone there is nothing to read
        int root = snapshot.HasValue ? snapshot.Root : TapeView.NotFound;
        if (_text != (view.Version, root) || view.ByteCount < _byteCount)
        {
            _text = (view.Version, root);
            _error = null;
        }

        _byteCount = view.ByteCount;

        bool hasValue = false;
        object? value = null;
        if (snapshot.HasValue && _error is null)
        {
            try
            {
                hasValue = _binder.TryBind(view, root, out value);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _error = Faults.Locate(_contract, _binder.Rules, view, root, e);
                _binder.Restart();
            }
        }

        T? typed = hasValue && _error is null ? (T?)value : default;
        return new Partial<T>(snapshot, _binder.RootMembers ?? _contract, hasValue && _error is null, typed, _error);
    }
}
