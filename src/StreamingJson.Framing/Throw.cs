using System;
using System.Diagnostics.CodeAnalysis;

namespace StreamingJson.Framing;

/// <summary>
/// The exceptions of misuse, in one place: netstandard2.0 has no <c>ThrowIfNull</c>, and a method that throws is not inlined.
/// </summary>
internal static class Throw
{
    [DoesNotReturn]
    public static void ArgumentNull(string name) => throw new ArgumentNullException(name);

    [DoesNotReturn]
    public static void ArgumentOutOfRange(string name) => throw new ArgumentOutOfRangeException(name);

    [DoesNotReturn]
    public static void Argument(string message, string name) => throw new ArgumentException(message, name);

    [DoesNotReturn]
    public static void InvalidOperation(string message) => throw new InvalidOperationException(message);

    [DoesNotReturn]
    public static void Disposed(string name) => throw new ObjectDisposedException(name);
}
