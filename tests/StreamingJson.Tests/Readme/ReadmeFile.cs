using System.Collections.Generic;

namespace StreamingJson.Tests.Readme;

/// <summary>README.md and its samples.</summary>
internal static class ReadmeFile
{
    public static SamplePage Page { get; } = new(
        "README.md",
        "tests/StreamingJson.Tests/Readme",
        "tests/StreamingJson.Binding.Tests/Documentation/Readme",
        "tests/StreamingJson.ToolCalls.Tests/Documentation/Readme");

    public static string Path => Page.Path;

    public static IReadOnlyList<(string Language, string Text)> Blocks => Page.Blocks;

    /// <inheritdoc cref="SamplePage.AssertShows"/>
    public static void AssertShows(string sample, string output) => Page.AssertShows(sample, output);
}
