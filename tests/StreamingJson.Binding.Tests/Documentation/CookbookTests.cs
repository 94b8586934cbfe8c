using StreamingJson.Tests.Readme;
using Xunit;

namespace StreamingJson.Binding.Tests.Documentation;

/// <summary>docs/cookbook.md: every block is a sample of this folder that runs, and shows what it writes.</summary>
public class CookbookTests
{
    internal static SamplePage Page { get; } = new("docs/cookbook.md", "tests/StreamingJson.Binding.Tests/Documentation");

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown() => Page.AssertBlocksAreSamples();

    [Fact]
    public void EveryOutputBlock_FollowsASampleThatIsComparedWithIt() => Page.AssertOutputsAreCompared();
}
