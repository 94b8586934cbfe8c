using System.IO;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Newtonsoft's reader over a body of which a read brings one chunk. It pulls: a thread waits in it for every read.</summary>
internal static class NewtonsoftReads
{
    public static JsonTextReader Open(Stream body) => new(new StreamReader(body))
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Double,
        MaxDepth = null,
    };

    /// <summary>The tree as everybody's answer: its own numbers are written in another notation.</summary>
    public static JsonElement ToElement(JToken token) => JsonElement.Parse(token.ToString(Formatting.None));

    public static ReadSizeStream Body(MatrixInput input) => new(input.Utf8, input.Size);
}
