using System.Collections.Frozen;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Every search parameter of the searchable types, read once from the embedded table.</summary>
internal static class ParameterTable
{
    private const string Resource = "drcloud/search-parameters";

    private static readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, SearchParameter>>> Types = new(() =>
        Read().GroupBy(p => p.Type).ToFrozenDictionary(g => g.Key, g => g.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal), StringComparer.Ordinal));

    public static IReadOnlyCollection<SearchParameter> Of(string type) => Types.Value[type].Values;

    public static SearchParameter? Find(string type, string name) => Types.Value[type].GetValueOrDefault(name);

    /// <summary>What to say of a name that the type does not have; the name itself is not repeated.</summary>
    public static string Unknown(string type, string name)
    {
        var names = Of(type).Select(p => p.Name).Where(n => n[0] != '_' || n is "_id" or "_lastUpdated").Order(StringComparer.Ordinal).ToList();
        var near = names.Where(n => Distance.Between(n, name) <= 3 || (name.Length > 3 && n.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(n => Distance.Between(n, name)).Take(3).ToList();
        var guess = near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
        return $"{type} has no search parameter of this name.{guess} It takes {string.Join(", ", names)}.";
    }

    private static IEnumerable<SearchParameter> Read()
    {
        using var stream = typeof(ParameterTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')) yield return Row(line.Split('\t'));
        }
    }

    // R4's expressions name whole choices. A text such as "in childhood" is no date, so it neither answers a date nor counts as one.
    private static bool IsOfKind(string kind, string datatype) => kind != "date" || datatype is not ("string" or "Age" or "Range");

    private static SearchParameter Row(string[] cells) => new(
        cells[0],
        cells[1],
        Enum.Parse<ParameterKind>(cells[2], ignoreCase: true),
        Enum.Parse<QuestionLevel>(cells[3], ignoreCase: true),
        cells[4] switch { "7" => ServerSupport.Yes, "8" => ServerSupport.Later, "odd" => ServerSupport.Odd, _ => ServerSupport.None },
        [.. cells[5].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(ElementPath.Parse).Where(path => IsOfKind(cells[2], path.Datatype))],
        cells[6].Split(',', StringSplitOptions.RemoveEmptyEntries)) { Systems = cells[7].Split(',', StringSplitOptions.RemoveEmptyEntries) };
}
