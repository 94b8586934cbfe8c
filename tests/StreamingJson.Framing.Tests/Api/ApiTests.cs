using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests.Api;

public class ApiTests
{
    [Fact]
    public async Task ThePublicSurface_IsTheReviewedOne() => await PublicSurface.Verify("StreamingJson.Framing");
}
