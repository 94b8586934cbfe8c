using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>An open dictionary, or a collection that is no list: made anew from all entries each time that it is seen.</summary>
internal sealed class ItemsNode : SplicedNode
{
    public ItemsNode(TypeContract contract, int row, ulong[] place)
        : base(contract, row, place, contract.ShapeInfo.Kind == JsonTypeInfoKind.Dictionary ? (byte)'{' : (byte)'[')
    {
    }

    protected override bool HasNames => Contract.Shape == ContractShape.Dictionary;

    protected override Child Describe(PartialBinder binder, string? name, int nameRow, int row)
    {
        bool canGrow = Contract.Shape == ContractShape.Dictionary || Contract.HasPlaces;
        return Resolve(binder, name, nameRow, row, Contract.Item, canGrow ? PartialVisibility.FromContract : PartialVisibility.WhenComplete);
    }

    protected override void Add(PartialBinder binder, in Child child) =>
        AppendValue(binder, child, binder.ReadComplete(child.Contract!, child.Row));
}
