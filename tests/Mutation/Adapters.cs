// What the tests are written for, xunit 2, in terms of xunit 3.
global using ITestOutputHelper = Xunit.ITestOutputHelper;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Xunit.Abstractions
{
    /// <summary>Keeps the namespace: its types moved up one.</summary>
    internal static class Moved;
}

namespace Xunit.Sdk
{
    /// <summary>Theory rows as arrays.</summary>
    public abstract class DataAttribute : Xunit.v3.DataAttribute
    {
        public abstract IEnumerable<object[]> GetData(MethodInfo testMethod);

        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
            new([.. GetData(testMethod).Select(row => new TheoryDataRow(row))]);

        // One test a theory: a mutant that is killed by one row needs no other.
        public override bool SupportsDiscoveryEnumeration() => false;
    }
}
