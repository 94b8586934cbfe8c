using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StreamingJson.Binding.Partials;
using StreamingJson.Documents;

namespace StreamingJson.Binding;

/// <summary>
/// The text so far, as a <typeparamref name="T"/>: what can be seen of it, and how far each part has come. Immutable, and may be read on any
/// thread while the parser goes on (law 8).
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Value"/> is made of objects of your own type and stays after the parser is gone. Objects and collections that were open are
/// new in every partial whose value differs; what is complete is <em>shared</em> by all later partials: if you change a part of it, it
/// changes there as well. Everything else here is read off the <see cref="Snapshot"/>, and lives as long as that.
/// </para>
/// <para>
/// What is seen depends on the bytes alone (law 1). Nothing is guessed (law 2): strings only grow, collections only append, and an object
/// whose required members are not there yet is not there.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1716", Justification = "A type of this name is written in brackets in the one language that has the keyword.")]
public sealed class Partial<T>
{
    private readonly TypeContract _contract;

    internal Partial(in JsonSnapshot snapshot, TypeContract contract, bool hasValue, T? value, PartialBindingException? error)
    {
        Snapshot = snapshot;
        _contract = contract;
        HasValue = hasValue;
        Value = value;
        Error = error;
    }

    /// <summary>The value so far; the default of the type while there is none to be seen (<see cref="HasValue"/>), and after an <see cref="Error"/>.</summary>
    public T? Value { get; }

    /// <summary>Whether there is a value to be seen; for the text <c>null</c> there is, and it is null.</summary>
    public bool HasValue { get; }

    /// <summary>Which value does not fit the type; null for none so far. It stays, and the parser goes on.</summary>
    public PartialBindingException? Error { get; }

    /// <summary>The text that this was made of.</summary>
    public JsonSnapshot Snapshot { get; }

    /// <summary>How far the text had got.</summary>
    public JsonOutcome Outcome => Snapshot.Outcome;

    /// <summary>Whether the end was declared, the text is complete, and all of it fits: <see cref="Value"/> is then what the serializer makes of the text.</summary>
    public bool IsComplete => Outcome == JsonOutcome.Complete && Error is null;

    /// <summary>What was accepted or read although it is not plain RFC 8259 text (law 12).</summary>
    public JsonLeniencies Leniencies => Snapshot.Leniencies;

    /// <summary>How far the value at a JSON pointer (RFC 6901) has come; the empty pointer is the root.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="pointer"/> is null.</exception>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public PartialState GetState(string pointer) => Snapshot.TryGetElement(pointer, out PartialJsonElement element)
        ? StateOf(element)
        : PartialState.Absent;

    /// <summary>
    /// How far each property of the root has come, by its name in JSON: every one that the contract has, and every other that the text has.
    /// A new dictionary each time; empty unless the type is an object.
    /// </summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public IReadOnlyDictionary<string, PartialState> GetProperties()
    {
        var states = new Dictionary<string, PartialState>(_contract.Members.Comparer);
        foreach (string name in _contract.Members.Keys)
        {
            states[name] = PartialState.Absent;
        }

        if (_contract.Shape == ContractShape.Object && Snapshot.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (PartialJsonProperty property in Snapshot.RootElement.EnumerateObject())
            {
                states[property.Name] = StateOf(property.Value);
            }
        }

        return states;
    }

    /// <summary>The JSON pointers of all complete values, in the order in which they completed (law 5). A new list each time; O(values).</summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public IReadOnlyList<string> GetCompletedPointers()
    {
        TapeView view = Snapshot.View;
        return view.RowCount == 0 ? [] : CompletedPointers.Of(view, Snapshot.Root);
    }

    /// <summary>The complete value.</summary>
    /// <exception cref="PartialBindingException">A value does not fit.</exception>
    /// <exception cref="InvalidOperationException">The text is not complete, or its end was not declared.</exception>
    public T? GetCompleteValue()
    {
        if (Error is not null)
        {
            throw Error;
        }

        return IsComplete ? Value : throw new InvalidOperationException($"The text is not complete: {Outcome}.");
    }

    private static PartialState StateOf(PartialJsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => PartialState.Absent,
        JsonValueKind.Null => PartialState.Null,
        _ => element.IsComplete ? PartialState.Complete : PartialState.Growing,
    };
}
