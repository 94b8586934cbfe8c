using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls.Assembly;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Finds what going through all calls, the newest first, would find.</summary>
public sealed class CallLookupTests(ITestOutputHelper output)
{
    private static readonly string[] Names = ["", "a", "b", "a longer one", "é"];

    [Fact]
    public void FindsTheNewest_OfIndex_IdAndKey()
    {
        var call = from choice in Gen.Choose(0, 2)
                   from index in Gen.Choose(-1, 3)
                   from id in Gen.Elements(Names)
                   from key in Gen.Elements(Names)
                   from isIdLate in Gen.Elements(true, false)
                   select (choice, index, id, key, isIdLate);
        Seed.Check(output, 300, call.ArrayOf(20), cases =>
        {
            var lookup = new CallLookup();
            var all = new List<ToolCall>();
            foreach ((int choice, int index, string id, string key, bool isIdLate) in cases)
            {
                var added = new ToolCall(new StreamingJsonParser()) { Choice = choice, Index = index };
                if (!isIdLate)
                {
                    Identify(added, id, key);
                }

                lookup.Add(added);
                lookup.NoteIndex(added);
                if (isIdLate)
                {
                    Identify(added, id, key);
                    lookup.AddId(added);
                    lookup.AddKey(added);
                }

                all.Insert(0, added);
                AssertSame(all, lookup);
            }

            lookup.Clear();
            AssertSame([], lookup);
        });
    }

    private static void Identify(ToolCall call, string id, string key)
    {
        call.SetId(Encoding.UTF8.GetBytes(id));
        call.KeyBuffer.Set(Encoding.UTF8.GetBytes(key));
    }

    // The newest first.
    private static void AssertSame(List<ToolCall> all, CallLookup lookup)
    {
        for (int choice = 0; choice < 4; choice++)
        {
            ToolCall[] calls = [.. all.Where(c => c.Choice == choice)];
            Assert.Equal(calls.Length, lookup.Count(choice));
            Assert.Same(calls.FirstOrDefault(), lookup.FindLast(choice));
            Assert.Equal(calls.Select(c => c.Index).DefaultIfEmpty(-1).Max(), lookup.HighestIndex(choice));
            for (int index = -1; index < 5; index++)
            {
                Assert.Same(calls.FirstOrDefault(c => c.Index == index), lookup.FindByIndex(choice, index));
            }

            foreach (string id in Names.Skip(1))
            {
                Assert.Same(calls.FirstOrDefault(c => c.Id == id), lookup.FindById(choice, Encoding.UTF8.GetBytes(id)));
            }
        }

        foreach (string key in Names.Skip(1))
        {
            Assert.Same(all.FirstOrDefault(c => c.KeyBuffer.ToString() == key), lookup.FindByKey(Encoding.UTF8.GetBytes(key)));
        }
    }
}
