using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Extensions.Tests.Api;

public class ApiTests
{
    [Theory]
    [InlineData("OpenAI")]
    [InlineData("Anthropic")]
    [InlineData("Extensions.AI")]
    public async Task ThePublicSurface_IsTheReviewedOne(string part) => await PublicSurface.Verify("StreamingJson." + part, part);
}
