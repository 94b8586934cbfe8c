using System.Collections.Generic;

namespace StreamingJson.Binding.Partials;

/// <summary>An open object. Of a polymorphic contract nothing is read before the type is certain.</summary>
internal sealed class ObjectNode : SplicedNode
{
    private readonly List<Child> _unmatched = [];
    private readonly List<(MemberContract Member, bool Holds)> _awaited = [];
    private TypeContract? _members;

    public ObjectNode(TypeContract contract, int row, ulong[] place, PartialBinder binder)
        : base(contract, row, place, (byte)'{')
    {
        if (contract.Polymorphism is null)
        {
            Decide(binder, contract);
        }
    }

    /// <summary>The contract of the members; null while the type is not certain.</summary>
    public TypeContract? Members => _members;

    protected override bool HasNames => true;

    public override object? Finish(PartialBinder binder)
    {
        if (_members is null)
        {
            return binder.ReadComplete(Contract, Row);
        }

        foreach (Child child in _unmatched)
        {
            AppendText(binder, child);
        }

        return base.Finish(binder);
    }

    protected override bool IsReady(PartialBinder binder)
    {
        if (_members is null && Contract.Polymorphism!.TypeOf(binder.View, Row) is { } type)
        {
            TypeContract members = Contract.Contracts.Get(type);
            if (members.Shape == ContractShape.Object)
            {
                Decide(binder, members);
            }
        }

        return _members is not null;
    }

    protected override Child Describe(PartialBinder binder, string? name, int nameRow, int row)
    {
        if (_members!.Members.TryGetValue(name!, out MemberContract? member) && member.Reading != MemberReading.None)
        {
            TypeContract? contract = member.Reading == MemberReading.Spliced ? member.Contract : null;
            return Resolve(binder, name, nameRow, row, contract, member.Visibility) with { Member = member };
        }

        return Resolve(binder, name, nameRow, row, contract: null, PartialVisibility.FromContract);
    }

    protected override void Add(PartialBinder binder, in Child child)
    {
        if (child.Contract is not null)
        {
            AddValue(binder, child, binder.ReadComplete(child.Contract, child.Row));
        }
        else if (child.Member is not null || Contract.Polymorphism?.IsDiscriminator(binder.View, child.NameRow) == true)
        {
            AppendText(binder, child);
            Arrived(child.Member);
        }
        else if (_members!.KeepsUnmatched)
        {
            _unmatched.Add(child);
        }
        else
        {
            AppendNothing(binder, child);
        }
    }

    protected override void AddValue(PartialBinder binder, in Child child, object? value)
    {
        AppendValue(binder, child, value);
        Arrived(child.Member);
    }

    protected override bool TryAssembleOpen(PartialBinder binder, bool hasNewest, object? newest, out object? value)
    {
        value = null;
        if (_members is null)
        {
            return false;
        }

        foreach ((MemberContract member, bool holds) in _awaited)
        {
            if (holds || !hasNewest || Newest.Member != member)
            {
                return false;
            }
        }

        return base.TryAssembleOpen(binder, hasNewest, newest, out value);
    }

    private void Decide(PartialBinder binder, TypeContract members)
    {
        _members = members;
        if (binder.Rules.IsEmpty)
        {
            foreach (MemberContract member in members.Awaited)
            {
                _awaited.Add((member, member.Visibility == PartialVisibility.HoldsParent));
            }

            return;
        }

        foreach (MemberContract member in members.Members.Values)
        {
            PartialVisibility ruled = RuleOf(binder, member.Name);
            bool holds = (ruled == PartialVisibility.FromContract ? member.Visibility : ruled) == PartialVisibility.HoldsParent;
            if (holds || member.IsRequired)
            {
                _awaited.Add((member, holds));
            }
        }
    }

    private void Arrived(MemberContract? member)
    {
        if (_awaited.Count > 0)
        {
            _awaited.RemoveAll(awaited => awaited.Member == member);
        }
    }
}
