using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Mutation.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(QuickFirst))]

namespace StreamingJson.Mutation.Tests;

/// <summary>
/// The classes that take most of the time come last: nearly every mutant is dead before. Within a class the order stays that of xunit, which is always the same.
/// </summary>
public sealed class QuickFirst : ITestCollectionOrderer
{
    private static readonly string[] Slow = ["AsyncFrameReaderTests", "PartitionTests", "ResetTests", "LimitTests", "ThrowingHandlerTests", "LongUtf8Tests", "ShortChunkTests", "Law01_", "Law08_", "Law11_", "FailingRentTests", "LinearWorkTests", "MaliciousInputTests", "CompletionTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection => Array.FindIndex(Slow, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
}
