using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Framing;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.TestKit;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>A provider's stream: never an exception, the cuts never show, nothing doubtful is safe; and where nothing was off, what a naive reading finds.</summary>
internal sealed class ProtocolTarget(ModelProtocol protocol, FrameFormat? framing, ProtocolReading? reading = null)
    : FuzzTarget(ModelProtocolNames.GetName(protocol), $"never throws, cuts never show, safe calls are strict JSON{(reading is null ? "" : ", and text and calls are what a naive reading finds")}")
{
    private const int ReadsTextAsJson = 1;
    private const int TightLimits = 1 << 1;
    private const int RecognizesProtocol = 1 << 2;
    private const int RecognizesFraming = 1 << 3;
    private const int IsAborted = 1 << 4;
    private const int ResetsFirst = 1 << 5;
    private const int KeepsChecksums = 1 << 6;

    private const int MostAnomaliesOfOneItem = 64;

    private static readonly ToolCallLimits Tight = new()
    {
        MaxOpenCalls = 2,
        MaxIndexJump = 3,
        MaxArgumentsBytes = 24,
        MaxFragments = 3,
        MaxItems = 3,
        MaxTextBytes = 24,
        MaxNameBytes = 8,
    };

    public override int MaxLength => 4096;

    /// <summary>Whether there is a naive reading of the protocol: of all but that which is recognised first.</summary>
    public bool HasReading => reading is not null;

    public override string Dictionary => "protocols";

    public override void Run(FuzzInput input)
    {
        byte[] stream = StreamOf(input);
        ModelStreamOptions options = OptionsOf(input);
        using var reader = new ModelStreamReader(options);
        if (input.Has(ResetsFirst))
        {
            _ = ModelTrace.Of(reader, stream[(stream.Length / 2)..], Chunking.Whole, isAborted: false);
            reader.Reset();
        }

        ModelTrace whole = ModelTrace.Of(reader, stream, Chunking.Whole, input.Has(IsAborted));
        using var other = new ModelStreamReader(options);
        ModelTrace chunked = ModelTrace.Of(other, stream, input.Chunking, input.Has(IsAborted));
        Assert.Equal(whole.ToString(), chunked.ToString());
        AssertSound(whole, stream);
        if (reading is not null && CanBeReadNaively(whole, input))
        {
            AssertReadsAs(reading, whole, stream);
        }
    }

    /// <summary>Whether the naive reading has an answer for an input, so that it can be compared with the library's.</summary>
    public bool IsReadNaively(FuzzInput input)
    {
        using var reader = new ModelStreamReader(OptionsOf(input));
        return reading is not null && CanBeReadNaively(ModelTrace.Of(reader, StreamOf(input), Chunking.Whole, isAborted: false), input) && reading.Read(StreamOf(input)) is not null;
    }

    protected override IEnumerable<byte[]> Documents(FuzzFolders folders) =>
        FilesOf(Path.Combine(folders.Root, "tests", "StreamingJson.ToolCalls.Tests", "Fixtures", Name))
            .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Select(File.ReadAllBytes);

    private byte[] StreamOf(FuzzInput input) => framing == FrameFormat.AwsEventStream && !input.Has(KeepsChecksums)
        ? EventStreamRepair.Repair(input.Document, keepsLengths: false)
        : input.Document;

    private ModelStreamOptions OptionsOf(FuzzInput input) => new()
    {
        Protocol = input.Has(RecognizesProtocol) ? ModelProtocol.Auto : protocol,
        Framing = input.Has(RecognizesFraming) && framing != FrameFormat.Message ? null : framing,
        ReadTextAsJson = input.Has(ReadsTextAsJson),
        Limits = input.Has(TightLimits) ? Tight : ToolCallLimits.Default,
        MaxFrameBytes = input.Has(TightLimits) ? 400 : ModelStreamOptions.Default.MaxFrameBytes,
    };

    private void AssertSound(ModelTrace trace, byte[] stream)
    {
        ModelMessage message = trace.Reader.Message;
        Assert.NotEqual(JsonOutcome.Partial, message.Outcome);
        Assert.InRange(message.Anomalies.Count, 0, (message.Items.Count + 1) * MostAnomaliesOfOneItem);
        foreach (ToolCall call in trace.Calls)
        {
            Assert.NotEqual(ToolCallOutcome.Open, call.Outcome);
            Assert.True(call.IsSafeToExecute || call.Reasons != UnsafeReasons.None || call.Outcome != ToolCallOutcome.Complete);
            if (call.IsSafeToExecute)
            {
                AssertStrict(call);
                bool isKnownToOracle = protocol == ModelProtocol.OpenAIChat && trace.Reader.Recognition.Framing == FrameFormat.ServerSentEvents && IsPlain(stream);
                Assert.True(!isKnownToOracle || ChatOracle.IsWritten(stream, call), $"The safe call '{call.Name}' is not written in the stream.");
            }
        }
    }

    private static void AssertStrict(ToolCall call)
    {
        Assert.NotEqual("", call.Name);
        Assert.Equal(ToolCallOutcome.Complete, call.Outcome);
        if (call.GetText().AsSpan().Trim(" \t\r\n").Length > 0)
        {
            using JsonDocument document = JsonDocument.Parse(call.TextUtf8.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }

    // The naive readings know nothing of repair, of limits, or of bytes that are no text.
    private static bool CanBeReadNaively(ModelTrace trace, FuzzInput input) =>
        !input.Has(TightLimits | RecognizesProtocol | RecognizesFraming | IsAborted)
        && trace.Reader.Message is { Anomalies.Count: 0, Errors.Count: 0, Outcome: JsonOutcome.Complete };

    private static bool IsPlain(byte[] stream) => Ascii.IsValid(stream) && !stream.AsSpan().ContainsAny("\f\v"u8);

    private static void AssertReadsAs(ProtocolReading reading, ModelTrace trace, byte[] stream)
    {
        if (reading.Read(stream) is { } naive)
        {
            Assert.Equal(naive.Text, trace.VisibleText.ToString());
            Assert.Equal(naive.Calls.Order(StringComparer.Ordinal), trace.Calls.Select(call => $"{call.Name} {call.GetText()}").Order(StringComparer.Ordinal));
        }
    }
}
