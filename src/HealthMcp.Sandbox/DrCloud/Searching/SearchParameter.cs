using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>One search parameter of one type: whether the ancestor's code takes it, whether R4 defines it, and where it looks.</summary>
internal sealed record SearchParameter(string Type, string Name, string Kind, bool IsInQuirks, bool IsStandard, string Path)
{
    private static readonly Lazy<ILookup<string, SearchParameter>> Table = new(() => Embedded.Table("search.tsv")
        .Select(row => new SearchParameter(row["type"], row["name"], row["kind"], row["quirks"] == "1", row["conformant"] == "1", row["path"]))
        .ToLookup(parameter => parameter.Type, StringComparer.Ordinal));

    public static IEnumerable<string> Types => Table.Value.Select(group => group.Key);

    public static IEnumerable<SearchParameter> Of(string type, bool conformant) => Table.Value[type].Where(row => conformant ? row.IsStandard : row.IsInQuirks);

    public static SearchParameter? Find(string type, string name, bool conformant) => Of(type, conformant).FirstOrDefault(row => row.Name == name);
}
