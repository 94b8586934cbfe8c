using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using StreamingJson.Fuzz.Engine;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>AWS event streams whose checksums were repaired after the mutation, against a straight-line reading.</summary>
internal sealed class EventStreamTarget() : FuzzTarget("aws-event-stream", "AWS messages (their checksums repaired) are those of a straight-line reading, however they are cut")
{
    private const int KeepsChecksums = 1;
    private const int KeepsLengths = 1 << 1;
    private const int TightLimits = 1 << 2;

    public override string Dictionary => "aws-event-stream";

    public override void Run(FuzzInput input)
    {
        byte[] stream = input.Has(KeepsChecksums) ? input.Document : EventStreamRepair.Repair(input.Document, input.Has(KeepsLengths));
        var options = new FrameReaderOptions();
        if (input.Has(TightLimits))
        {
            options.MaxFrameBytes = 100;
            options.MaxHeaderBytes = 40;
        }

        IEnumerable<ReadOnlyMemory<byte>> chunks = input.Chunking.Split(stream);
        Assert.Equal(EventStreamOracle.Interpret(stream, options), Outcome.Of(FrameFormat.AwsEventStream, options, chunks).ToString());
    }

    protected override IEnumerable<byte[]> Documents(FuzzFolders folders) =>
        FilesOf(Path.Combine(folders.Root, "tests", "StreamingJson.ToolCalls.Tests", "Fixtures", "bedrock-converse"))
            .Where(file => file.EndsWith(".eventstream", StringComparison.Ordinal)).Select(File.ReadAllBytes);
}
