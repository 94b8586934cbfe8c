namespace StreamingJson.Binding;

/// <summary>
/// How far one value of a text has come. Absent, an explicit null and a value that is the default of its type are three different things. A
/// state only moves forward: from absent to null, or through growing to complete. (A repeated property name is the one exception, as in law
/// 4: the state is that of the last.)
/// </summary>
public enum PartialState
{
    /// <summary>Nothing of the value is known: it was not written, or its number or literal is not closed yet (law 2).</summary>
    Absent = 0,

    /// <summary>The text says <c>null</c>. Final.</summary>
    Null = 1,

    /// <summary>A string, object or array that began and has not ended.</summary>
    Growing = 2,

    /// <summary>The value will not change any more (law 5).</summary>
    Complete = 3,
}
