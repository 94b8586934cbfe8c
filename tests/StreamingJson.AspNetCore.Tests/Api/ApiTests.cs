using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.Api;

public class ApiTests
{
    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() => await PublicSurface.Verify("StreamingJson.AspNetCore");

    [Theory]
    [InlineData("StreamingJson.Anthropic")]
    [InlineData("StreamingJson.OpenAI")]
    public void TheLibrariesBesideIt_AreOfTheSameTarget(string library) => Assert.NotNull(TestedAsset.Load(library));
}
