using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding;
using StreamingJson.Binding.Tests.Partials;
using StreamingJson.Fuzz.Engine;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>
/// Typed partials: at the end what <see cref="JsonSerializer"/> makes of the text, or a fault where it refuses; on the way a function of the bytes alone, and,
/// for a text that is of the contract throughout, what an oracle shows of it.
/// </summary>
internal sealed class JsonPartialsTarget() : FuzzTarget("json-partials", "typed partials are at the end what JsonSerializer makes of the text, on the way what an oracle shows, however it is cut")
{
    public override int MaxLength => 320;

    public override string Dictionary => "partials";

    public override void Run(FuzzInput input)
    {
        switch (input.Flags & 7)
        {
            case 0:
                Check(input, Schemas.ReportShape, Contracts.Generated<Report>());
                break;
            case 1:
                Check(input, Schemas.CardShape, Contracts.Generated<Card>());
                break;
            case 2:
                Check(input, new Sequence(() => Schemas.CardShape), Contracts.Generated<List<Card>>());
                break;
            case 3:
                Check(input, new Entries(Schemas.SectionShape), Contracts.Generated<Dictionary<string, Section>>());
                break;
            case 4:
                Check(input, Schemas.ShapeChoice, Contracts.Generated<Shape>());
                break;
            case 5:
                Check(input, new Prose(), Contracts.Generated<string>());
                break;
            case 6:
                Check(input, new Atom(), Contracts.Generated<int>());
                break;
            default:
                Check(input, Schemas.ReportShape, Contracts.ByReflection<Report>());
                break;
        }
    }

    private static void Check<T>(FuzzInput input, Schema schema, JsonTypeInfo<T> type)
    {
        byte[] text = input.Document;
        bool isKnown = IsOfSchema(text, schema, type);
        using var parser = new StreamingJsonParser();
        PartialReader<T> reader = parser.ReadPartial(type);
        int taken = 0;
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            bool isValid = parser.TryAppend(chunk.Span);
            taken += chunk.Length;
            string seen = Describe(reader.Read(), type);
            Assert.Equal(Whole(text.AsSpan(0, taken), isEnded: false, type), seen);
            if (!isValid)
            {
                return;
            }

            if (isKnown)
            {
                Assert.Equal(Describe(PartialOracle.See(text.AsSpan(0, taken), isEnded: false, schema, type)), seen);
            }
        }

        parser.Complete();
        Partial<T> last = reader.Read();
        Assert.Equal(Whole(text, isEnded: true, type), Describe(last, type));
        if (parser.Outcome == JsonOutcome.Complete && last.Leniencies == JsonLeniencies.None)
        {
            Assert.Equal(BySerializer(text, type), last.Error is null ? Describe(last, type) : null);
        }
    }

    private static string Whole<T>(ReadOnlySpan<byte> text, bool isEnded, JsonTypeInfo<T> type)
    {
        using var parser = new StreamingJsonParser();
        PartialReader<T> reader = parser.ReadPartial(type);
        parser.TryAppend(text);
        if (isEnded)
        {
            parser.Complete();
        }

        return Describe(reader.Read(), type);
    }

    private static string Describe<T>(Partial<T> partial, JsonTypeInfo<T> type) => partial.Error is { } error
        ? $"fault of '{error.Pointer}' at {error.ByteOffset}"
        : Describe(partial.HasValue ? JsonSerializer.Serialize(partial.Value, type!) : null);

    private static string Describe(string? json) => json ?? "nothing";

    private static string? BySerializer<T>(byte[] text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type), type!);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    // What the oracle can say something of: a text that fits, names that stand once and that the contract has, blanks that it skips.
    private static bool IsOfSchema<T>(byte[] text, Schema schema, JsonTypeInfo<T> type)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return !text.AsSpan().ContainsAny("\t\r"u8) && Has(schema, document.RootElement) && BySerializer(text, type) is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Has(Schema schema, JsonElement value) => (schema, value.ValueKind) switch
    {
        (Whole whole, _) => Has(whole.Inner, value),
        (Sequence sequence, JsonValueKind.Array) => value.EnumerateArray().All(item => Has(sequence.Item(), item)),
        (Entries entries, JsonValueKind.Object) => value.EnumerateObject().All(member => Has(entries.Item, member.Value)),
        (Shaped shaped, JsonValueKind.Object) => value.EnumerateObject().All(member => HasMember(shaped, member)),
        (Choice choice, JsonValueKind.Object) => value.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } first
            && first.Name == choice.Name && choice.Shapes.FirstOrDefault(known => known.Tag == first.Value.GetRawText()).Shape is { } shape
            && value.EnumerateObject().Skip(1).All(member => HasMember(shape, member)),
        _ => true,
    };

    private static bool HasMember(Shaped shaped, JsonProperty property) =>
        shaped.Members.FirstOrDefault(member => member.Name == property.Name) is { } member && Has(member.Schema(), property.Value);
}
