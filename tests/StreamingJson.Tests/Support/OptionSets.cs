using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>Options to test with, and what the oracles have to be told for them.</summary>
public static class OptionSets
{
    /// <summary>Everything that is not plain RFC 8259 is accepted.</summary>
    public static StreamingJsonOptions Lenient { get; } =
        new() { SkipComments = true, AllowTrailingCommas = true, AllowMultipleValues = true };

    /// <summary>Everything that may be refused is refused.</summary>
    public static StreamingJsonOptions Strict { get; } = new()
    {
        SkipByteOrderMark = false,
        UnpairedSurrogates = UnpairedSurrogateHandling.Refuse,
        DuplicateNames = DuplicateNameHandling.Refuse,
    };

    /// <summary>Limits so small that many documents run into one of them.</summary>
    public static StreamingJsonOptions Tight { get; } = Lenient with
    {
        Limits = new JsonLimits { MaxDepth = 3, MaxNameBytes = 4, MaxStringBytes = 12, MaxNumberBytes = 6, MaxDocumentBytes = 300 },
    };

    public static IReadOnlyList<StreamingJsonOptions> All { get; } =
    [
        StreamingJsonOptions.Default, Lenient, Strict, Tight, Lenient with { DuplicateNames = DuplicateNameHandling.Refuse },
    ];

    public static Arbitrary<StreamingJsonOptions> Arbitrary { get; } = Arb.From(Gen.Elements(All.AsEnumerable()));

    /// <summary>All that may stand in a document with the lenient options, and damage to it.</summary>
    public static Arbitrary<JsonText> AnyDocuments { get; } = Generators.DocumentsWith(new DocumentOptions
    {
        Comments = true,
        TrailingCommas = true,
        DuplicateNames = true,
        UnpairedSurrogates = true,
    });

    /// <summary>Valid documents of every taste, and truncated and damaged ones.</summary>
    public static Arbitrary<JsonText> AnyTexts { get; } = Arb.From(
        Gen.OneOf(
            Generators.DocumentsWithUnpairedSurrogates.Generator,
            Generators.DocumentsWithDuplicateNames.Generator,
            Generators.Mutations.Generator,
            AnyDocuments.Generator,
            Generators.MutationsOf(AnyDocuments).Generator),
        text => text.Shrink());
}
