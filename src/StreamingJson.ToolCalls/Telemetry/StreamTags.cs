using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>The attributes of measurements and activities, and their values: few, and none of them written by the model unless that was asked for.</summary>
internal static class StreamTags
{
    public const string Protocol = "streamingjson.protocol";
    public const string Outcome = "streamingjson.outcome";
    public const string Anomaly = "streamingjson.anomaly";
    public const string SafeToExecute = "streamingjson.safe_to_execute";
    public const string ToolName = "gen_ai.tool.name";

    public static string NameOf(ModelProtocol protocol) => protocol == ModelProtocol.Auto ? "unrecognized" : ModelProtocolNames.GetName(protocol);

    public static string NameOf(AnomalyKind kind) => SnakeCase.Of(kind.ToString());

    public static string NameOf(ToolCallOutcome outcome) => SnakeCase.Of(outcome.ToString());

    /// <summary>A stream that is over without having ended was given up by its reader.</summary>
    public static string NameOf(JsonOutcome outcome) => outcome == JsonOutcome.Partial ? "abandoned" : SnakeCase.Of(outcome.ToString());
}
