using System.CommandLine;

namespace StreamingJson.Tool.Commands;

/// <summary>What a text may be beyond a single RFC 8259 text within the default limits.</summary>
internal sealed class TextOptions
{
    private const int LargestDepth = 1_000_000;

    private readonly Option<int?> _maxDepth = new("--max-depth")
    {
        HelpName = "N",
        Description = "How many containers may be open at once. Default: 64.",
        CustomParser = result => CommandOptions.ReadNumber(result, "--max-depth", "a number of open containers", 1, LargestDepth),
    };

    private readonly Option<bool> _multiple = new("--multiple") { Description = "Several root values one after another: NDJSON, concatenated JSON." };

    public void AddTo(Command command)
    {
        command.Add(_maxDepth);
        command.Add(_multiple);
    }

    public StreamingJsonOptions Read(ParseResult arguments) => new()
    {
        AllowMultipleValues = arguments.GetValue(_multiple),
        Limits = JsonLimits.Default with { MaxDepth = arguments.GetValue(_maxDepth) ?? JsonLimits.Default.MaxDepth },
    };
}
