using System;
using System.Linq;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

/// <summary>Everyday streams, damaged at random places, under random limits: one verdict however they are cut, and never an exception.</summary>
public sealed class ChunkingTests(ITestOutputHelper output)
{
    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void DamagedStreams_GiveOneVerdictHoweverTheyAreCut(FrameFormat format)
    {
        byte[] sample = Samples.Many(format, 4);
        var cases =
            from damage in (from at in Gen.Choose(0, sample.Length - 1) from value in Gen.Choose(0, 255) select (At: at, Value: (byte)value)).ArrayOf()
            from length in Gen.Choose(0, sample.Length)
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            from limit in Gen.Choose(1, 400)
            from tail in Gen.Elements(false, true)
            select (Damage: damage, Length: length, Cuts: cuts, Limit: limit, Tail: tail);

        Seed.Check(output, 3_000, cases, c =>
        {
            byte[] input = [.. sample.AsSpan(0, c.Length)];
            foreach ((int at, byte value) in c.Damage.Take(c.Length == 0 ? 0 : 3))
            {
                input[at % c.Length] = value;
            }

            var options = new FrameReaderOptions { MaxFrameBytes = c.Limit, DeliverUnterminated = c.Tail, ReportUnknownFields = c.Tail };
            Outcome whole = Outcome.Of(format, options, input);
            Assert.Equal(whole.ToString(), Outcome.Of(format, options, Cuts.At(input, c.Cuts)).ToString());
            Assert.Equal(whole.ToString(), Outcome.Of(format, options, Cuts.Every(input, 1)).ToString());
            Assert.True(whole.ErrorOffset <= input.Length);
            foreach (FrameCopy frame in whole.Frames)
            {
                Assert.InRange(frame.End - frame.Start, frame.Data.Length, c.Limit);
                Assert.InRange(frame.End, 0, input.Length);
            }

            // Reported lines stand inside the event that they interrupt; everything else is in order and apart.
            FrameCopy[] frames = [.. whole.Frames.Where(frame => (frame.Flags & FrameFlags.UnknownField) == 0)];
            Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        });
    }
}
