using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.Runtime.EventStreams.Internal;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;
using Sdk = Amazon.Runtime.EventStreams;

namespace StreamingJson.Framing.Tests;

/// <summary>The reader against the codec of the AWS SDK for .NET. (That decoder wants its chunks at offset 0 of their array.)</summary>
public sealed class EventStreamDifferentialTests(ITestOutputHelper output)
{
    private static readonly Gen<(int Headers, int Payload)[]> Shapes =
        (from headers in Gen.Choose(0, 12) from payload in Gen.Choose(0, 60) select (headers, payload)).ArrayOf();

    [Fact]
    public void Reader_AgreesWithTheSdk()
    {
        var cases = from shapes in Shapes from cuts in Gen.Choose(0, 1 << 20).ArrayOf() select (Shapes: shapes, Cuts: cuts);
        Seed.Check(output, 1_000, cases, c =>
        {
            byte[] stream = [.. c.Shapes.SelectMany((shape, i) => Encode(shape.Headers, shape.Payload, i))];
            IEnumerable<ReadOnlyMemory<byte>> chunks = Cuts.At(stream, c.Cuts);
            var expected = new List<string>();
            var decoder = new EventStreamDecoder();
            decoder.MessageReceived += (_, e) => expected.Add(Describe(e.Message));
            foreach (ReadOnlyMemory<byte> chunk in chunks.Where(chunk => !chunk.IsEmpty))
            {
                decoder.ProcessData(chunk.ToArray(), 0, chunk.Length);
            }

            Outcome outcome = Outcome.Of(FrameFormat.AwsEventStream, null, chunks);
            Assert.Equal(expected, outcome.Frames.Select(frame => $"{frame.Headers} {frame.Data}"));
            Assert.Equal(c.Shapes.Length, expected.Count);
            Assert.Null(outcome.Code);
        });
    }

    /// <summary>
    /// Flips bytes and repairs both checksums, so that what is behind them is reached; the verdict must not depend on the cuts.
    /// </summary>
    [Fact]
    public void DamagedMessages_GiveOneVerdictHoweverTheyAreCut()
    {
        var cases =
            from shape in Shapes.Where(shapes => shapes.Length > 0)
            from damage in (from at in Gen.Choose(0, 1 << 20) from value in Gen.Choose(0, 255) select (At: at, Value: (byte)value)).ArrayOf()
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            select (Shape: shape[0], Damage: damage, Cuts: cuts);

        Seed.Check(output, 5_000, cases, c =>
        {
            byte[] message = Encode(c.Shape.Headers, c.Shape.Payload, 1);
            foreach ((int at, byte value) in c.Damage)
            {
                message[at % message.Length] = value;
            }

            MessageBuilder.BigEndian(MessageBuilder.Crc(message.AsSpan(0, 8))).CopyTo(message, 8);
            MessageBuilder.BigEndian(MessageBuilder.Crc(message.AsSpan(0, message.Length - 4))).CopyTo(message, message.Length - 4);
            var options = new FrameReaderOptions { MaxFrameBytes = 500, MaxHeaderBytes = 100 };
            string whole = Outcome.Of(FrameFormat.AwsEventStream, options, message).ToString();
            Assert.Equal(whole, Outcome.Of(FrameFormat.AwsEventStream, options, Cuts.At(message, c.Cuts)).ToString());
            Assert.Equal(whole, Outcome.Of(FrameFormat.AwsEventStream, options, Cuts.Every(message, 1)).ToString());
        });
    }

    private static byte[] Encode(int headerCount, int payloadLength, int salt)
    {
        var headers = new List<Sdk.IEventStreamHeader>();
        for (int i = 0; i < headerCount; i++)
        {
            var header = new Sdk.EventStreamHeader($"h{i}");
            Set(header, (i + salt) % 10, salt);
            headers.Add(header);
        }

        byte[] payload = [.. Enumerable.Range(salt, payloadLength).Select(i => (byte)i)];
        return new Sdk.EventStreamMessage(headers, payload).ToByteArray();
    }

    private static void Set(Sdk.EventStreamHeader header, int type, int value)
    {
        switch (type)
        {
            case 0 or 1:
                header.SetBool(type == 0);
                break;
            case 2:
                header.SetSByte((sbyte)value);
                break;
            case 3:
                header.SetInt16((short)-value);
                break;
            case 4:
                header.SetInt32(value);
                break;
            case 5:
                header.SetInt64(-value);
                break;
            case 6:
                header.SetByteBuf([1, 2, (byte)value]);
                break;
            case 7:
                header.SetString("text \u00E4");
                break;
            case 8:
                header.SetTimestamp(DateTime.UnixEpoch.AddMilliseconds(value));
                break;
            default:
                header.SetUUID(new Guid(value, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
                break;
        }
    }

    private static string Describe(Sdk.EventStreamMessage message)
    {
        // The wire form is the common language: each header is written again and its value bytes are compared.
        string headers = string.Concat(message.Headers.Values.OrderBy(header => int.Parse(header.Name[1..], null)).Select(header =>
        {
            byte[] wire = new byte[header.GetWireSize()];
            header.WriteToBuffer(wire, 0);
            int valueAt = header.Name.Length + 2 + (header.HeaderType is Sdk.EventStreamHeaderType.ByteBuf or Sdk.EventStreamHeaderType.String ? 2 : 0);
            return $"[{header.Name} {(EventStreamHeaderType)(int)header.HeaderType} {Text.Of(wire.AsSpan(valueAt))}]";
        }));
        return $"{headers} {Text.Of(message.Payload)}";
    }
}
