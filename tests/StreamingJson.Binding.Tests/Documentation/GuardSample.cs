using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Binding.Tests.Documentation;

/// <summary>The recipe that stops a stream and redacts it.</summary>
public class GuardSample
{
    // The sample writes to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    private int Given { get; set; }

    private bool IsCancelled { get; set; }

    [Fact]
    public async Task StopAndRedact()
    {
        // readme: stop-and-redact
        using var parser = new StreamingJsonParser();
        var guard = new PathGuard("$.moderation.decision", decision => decision.TextUtf8.StartsWith("block"u8));
        guard.Watch(parser);
        var client = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(client, ["$.card.number"]);
        await foreach (byte[] chunk in Generate()) // the model's stream
        {
            parser.Append(chunk);
            if (guard.Stop is not null)
            {
                break; // leaving the loop ends the generation; nothing of this chunk goes to the client
            }

            redactor.Append(chunk);
            Console.WriteLine(Encoding.UTF8.GetString(client.WrittenSpan)); // send it
            client.Clear();
        }

        Console.WriteLine(guard.Stop);
        // readme: end
        CookbookTests.Page.AssertShows("stop-and-redact", Console.ToString());
        Assert.True(IsCancelled);
        Assert.Equal(4, Given);
    }

    private async IAsyncEnumerable<byte[]> Generate()
    {
        try
        {
            foreach (string chunk in new[]
            {
                "{\"card\":{\"number\":\"4111 11", "11 1111\"},\"text\":\"Dear", " customer,\",\"moderation\":{\"decision\":\"blo", "cked\"},\"more\":\"", "...\"}",
            })
            {
                await Task.Yield();
                Given++;
                yield return Encoding.UTF8.GetBytes(chunk);
            }
        }
        finally
        {
            IsCancelled = true;
        }
    }
}
