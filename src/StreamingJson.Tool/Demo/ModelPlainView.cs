using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Demo;

/// <summary>A line for each thing that became certain; no control sequences. For files and pipes.</summary>
/// <remarks>
/// <code>
///     0.35 s   2104 B  reasoning  the forecast, then
///     0.80 s   7023 B  completed  book_ferry /passengers/0/age = 34
///     1.10 s   9920 B  call       book_ferry (call_2): complete, safe to execute
/// </code>
/// </remarks>
internal sealed class ModelPlainView(TextWriter output) : IModelDemoView
{
    private const int MostCharacters = 96;

    private readonly Dictionary<ToolCall, PointerTrail> _trails = [];

    public void Show(in ModelEvent next, TimeSpan at, int bytes, ModelMessage message)
    {
        switch (next.Kind)
        {
            case ModelEventKind.TextDelta:
                Write(at, bytes, "text", next.GetText());
                break;
            case ModelEventKind.ReasoningDelta:
                Write(at, bytes, "reasoning", next.GetText());
                break;
            case ModelEventKind.RefusalDelta:
                Write(at, bytes, "refusal", next.GetText());
                break;
            case ModelEventKind.ToolCallStarted:
                _trails[next.ToolCall!] = new PointerTrail();
                Write(at, bytes, "call", $"{Describe(next.ToolCall!)}: started");
                break;
            case ModelEventKind.ArgumentsDelta:
                ShowCompletions(next.ToolCall!, at, bytes);
                break;
            case ModelEventKind.ToolCallEnded:
                Write(at, bytes, "call", $"{Describe(next.ToolCall!)}: {DescribeVerdict(next.ToolCall!)}");
                break;
            case ModelEventKind.Finished or ModelEventKind.Error:
                Write(at, bytes, OutputNames.Snake(next.Kind.ToString()), next.Detail!);
                break;
            case ModelEventKind.Anomaly:
                Write(at, bytes, "anomaly", OutputNames.Snake(next.AnomalyKind.ToString()));
                break;
            case ModelEventKind.StreamEnded:
                Write(at, bytes, OutputNames.Of(message.Outcome), DescribeUsage(message));
                output.WriteLine();
                break;
        }
    }

    public void EndChunk(TimeSpan at, int bytes, ModelMessage message, bool isLast) => output.Flush();

    /// <summary>The verdict about a call, in words.</summary>
    public static string DescribeVerdict(ToolCall call) => call.IsSafeToExecute
        ? $"{OutputNames.Snake(call.Outcome.ToString())}, safe to execute"
        : $"{OutputNames.Snake(call.Outcome.ToString())}, not safe to execute: {call.Reasons}";

    /// <summary>The tokens that the provider counted, in words.</summary>
    public static string DescribeUsage(ModelMessage message) => message.Usage is { InputTokens: { } input, OutputTokens: { } generated }
        ? string.Create(CultureInfo.InvariantCulture, $"{input} tokens in, {generated} tokens out")
        : string.Empty;

    private void ShowCompletions(ToolCall call, TimeSpan at, int bytes)
    {
        PointerTrail trail = _trails[call];
        foreach (JsonEvent change in call.Arguments.Events)
        {
            if (change.Kind == JsonEventKind.Started)
            {
                trail.Enter(change);
            }
            else if (change.Kind == JsonEventKind.Completed)
            {
                string pointer = Encoding.UTF8.GetString(trail.Current);
                Write(at, bytes, "completed", $"{call.Name} {(pointer.Length == 0 ? "(all)" : pointer)} = {DemoText.Summarize(change.Element, MostCharacters)}");
                trail.Leave();
            }
        }
    }

    private static string Describe(ToolCall call) => $"{call.Name} ({call.Id})";

    private void Write(TimeSpan at, int bytes, string what, string text) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{at.TotalSeconds,7:F2} s {bytes,6} B  {what,-9}  {text.ReplaceLineEndings(" ")}"));
}
