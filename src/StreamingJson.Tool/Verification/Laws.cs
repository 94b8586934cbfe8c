using System.Globalization;
using System.Runtime.CompilerServices;

namespace StreamingJson.Tool.Verification;

/// <summary>Asserts of the laws; a message is put together only when it is needed.</summary>
internal static class Laws
{
    /// <exception cref="LawBrokenException"><paramref name="holds"/> is false.</exception>
    public static void Require(int law, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new LawBrokenException(law, otherwise);
        }
    }

    /// <exception cref="LawBrokenException"><paramref name="holds"/> is false.</exception>
    public static void Require(int law, bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref LawMessage otherwise)
    {
        if (!holds)
        {
            throw new LawBrokenException(law, otherwise.ToStringAndClear());
        }
    }
}

/// <summary>An interpolated string that is empty, and costs nothing, as long as the law holds.</summary>
[InterpolatedStringHandler]
internal ref struct LawMessage
{
    private DefaultInterpolatedStringHandler _text;

    public LawMessage(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
