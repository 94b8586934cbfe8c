using System.Text.Json;

namespace StreamingJson.Binding.Paths;

/// <summary>Told where in the text the selected values stand, by <see cref="ValueSpans{TSink}"/>. Selected values inside of one are part of it.</summary>
internal interface IValueSpanSink
{
    /// <summary>From the offset on, the next value is due, and whether it will be selected; or nothing is due that is a value.</summary>
    void OnDue(bool isSelected, long from);

    /// <summary>A selected value begins.</summary>
    void OnStart(JsonValueKind kind, long start);

    /// <summary>A selected value is whole.</summary>
    void OnEnd(long start, long end);
}
