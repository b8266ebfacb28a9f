using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>What the key of one row of the FHIR rules is about.</summary>
/// <param name="Key">A datatype, or ELEMENT[:TYPE], or *.name.</param>
/// <param name="IsType">True when it is a datatype.</param>
internal sealed record RuleRow(string Key, bool IsType)
{
    /// <summary>The resource of the element, or all where the element may stand in many.</summary>
    public IEnumerable<string> Resources => !IsType && R4Definitions.Table.IsResource(Key.Split('.')[0]) ? [Key.Split('.')[0]] : R4Definitions.Table.Resources;

    public bool Names(R4Leaf leaf)
    {
        var element = leaf.Element;
        if (IsType) return element.Type == Key;
        if (Key.StartsWith("*.", StringComparison.Ordinal)) return element.Property == Key[2..] && element.Type == "string";
        if (Key.StartsWith("Extension.", StringComparison.Ordinal)) return element.IsExtension;
        var (path, type) = (Key.Split(':')[0], Key.Split(':').ElementAtOrDefault(1));
        if (type is null) return element.Path == path || (path == "Quantity.value" && element.Path == "Quantity.code");
        return (element.Path == path && element.Type == type)
            || leaf.Path.StartsWith($"{path.Replace("[x]", type, StringComparison.Ordinal)}.", StringComparison.Ordinal);
    }
}
