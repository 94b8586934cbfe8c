using System;
using System.Globalization;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>Numbers keep their text; what does not fit is refused, never rounded to something else.</summary>
public class NumberTests
{
    private const string No = "-";

    [Theory]
    //          text                     int32         int64                   uint64
    [InlineData("0", "0", "0", "0")]
    [InlineData("-0", "0", "0", No)] // as System.Text.Json has it
    [InlineData("2147483647", "2147483647", "2147483647", "2147483647")]
    [InlineData("2147483648", No, "2147483648", "2147483648")]
    [InlineData("-2147483648", "-2147483648", "-2147483648", No)]
    [InlineData("-2147483649", No, "-2147483649", No)]
    [InlineData("9223372036854775807", No, "9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775809", No, No, "9223372036854775809")] // 2^63 + 1
    [InlineData("-9223372036854775808", No, "-9223372036854775808", No)]
    [InlineData("18446744073709551615", No, No, "18446744073709551615")]
    [InlineData("18446744073709551616", No, No, No)]
    [InlineData("1.0", No, No, No)]
    [InlineData("1e2", No, No, No)]
    public void Integers(string text, string int32, string int64, string uint64)
    {
        PartialJsonElement number = Whole(text);
        Assert.Equal(int32, number.TryGetInt32(out int i) ? i.ToString(CultureInfo.InvariantCulture) : No);
        Assert.Equal(int64, number.TryGetInt64(out long l) ? l.ToString(CultureInfo.InvariantCulture) : No);
        Assert.Equal(uint64, number.TryGetUInt64(out ulong u) ? u.ToString(CultureInfo.InvariantCulture) : No);
        Assert.Equal(text, number.GetRawText());
        Assert.Equal(text, number.ToString());
        FitsOrThrows(int32 != No, () => number.GetInt32());
        FitsOrThrows(int64 != No, () => number.GetInt64());
    }

    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("-0", -0.0)]
    [InlineData("-1.5E-3", -0.0015)]
    [InlineData("1e308", 1e308)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("1e-400", 0.0)]
    [InlineData("9223372036854775809", 9223372036854775808.0)]
    public void Doubles(string text, double value)
    {
        PartialJsonElement number = Whole(text);
        Assert.True(number.TryGetDouble(out double read));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
        Assert.Equal(value, number.GetDouble());
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e99999999999999999999")]
    public void ADoubleThatWouldBeInfinite_IsRefused_AndItsTextSurvives(string text)
    {
        PartialJsonElement number = Whole(text);
        Assert.False(number.TryGetDouble(out _));
        Assert.False(number.TryGetDecimal(out _));
        Assert.Throws<FormatException>(() => number.GetDouble());
        Assert.Throws<FormatException>(() => number.GetDecimal());
        Assert.Equal(text, number.ToString());
        Assert.Equal(text, number.ToJsonElement().GetRawText());
        Assert.Equal(text, number.ToJsonNode()!.ToJsonString());
    }

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336", No)]
    [InlineData("1.10", "1.10")]
    [InlineData("1e2", "100")]
    [InlineData("12.5E-1", "1.25")]
    [InlineData("1e29", No)]
    public void Decimals(string text, string value)
    {
        PartialJsonElement number = Whole(text);
        Assert.Equal(value, number.TryGetDecimal(out decimal read) ? read.ToString(CultureInfo.InvariantCulture) : No);
        FitsOrThrows(value != No, () => number.GetDecimal());
    }

    [Fact]
    public void AnUnsignedNumber_OfAnotherSize_Throws()
    {
        Assert.Throws<FormatException>(() => Whole("-1").GetUInt64());
        Assert.Equal(ulong.MaxValue, Whole("18446744073709551615").GetUInt64());
    }

    [Fact]
    public void WhatJsonElementSays_IsSaidOfMinusZeroAsUnsigned()
    {
        PartialJsonElement number = Whole("-0");
        using var document = System.Text.Json.JsonDocument.Parse("-0");
        Assert.Equal(document.RootElement.TryGetUInt64(out _), number.TryGetUInt64(out _));
    }

    [Theory]
    [InlineData("1", InFlightKind.Number)]
    [InlineData("-", InFlightKind.Number)]
    [InlineData("1.", InFlightKind.Number)]
    [InlineData("1 ", InFlightKind.None)]
    public void AnOpenNumber_IsNoValue(string json, InFlightKind inFlight)
    {
        JsonSnapshot snapshot = Snapshot(json);
        Assert.Equal(inFlight == InFlightKind.None, snapshot.HasValue);
        Assert.Equal(inFlight, snapshot.InFlight.Kind);
    }

    private static void FitsOrThrows(bool fits, Func<object> get)
    {
        if (fits)
        {
            get();
        }
        else
        {
            Assert.Throws<FormatException>(get);
        }
    }
}
