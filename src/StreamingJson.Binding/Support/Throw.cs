using System;

namespace StreamingJson.Binding.Support;

/// <summary>The checks of arguments and of use after disposal, on every target.</summary>
internal static class Throw
{
    public static void IfNull(object? argument, string name)
    {
        if (argument is null)
        {
            throw new ArgumentNullException(name);
        }
    }

    public static void IfDisposed(bool isDisposed, string name)
    {
        if (isDisposed)
        {
            throw new ObjectDisposedException(name);
        }
    }
}
