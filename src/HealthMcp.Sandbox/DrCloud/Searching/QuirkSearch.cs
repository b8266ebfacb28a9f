using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>
/// Searching as the ancestor does it: a parameter that is unknown or malformed empties the answer without a word, of repeated
/// parameters the last counts, everything found comes at once.
/// </summary>
internal static class QuirkSearch
{
    private static readonly string[] ObservationServices = ["vital-signs", "social-history", "laboratory"];

    public static IReadOnlyList<JsonObject> Run(FhirStore store, string type, Query query, string origin)
    {
        IEnumerable<JsonObject> rows = Served(store, type, query);
        foreach (var (name, values) in Effective(query))
        {
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var (bare, modifier) = colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
            if (SearchParameter.Find(type, bare, conformant: false) is not { } parameter)
            {
                // These two drop what their table lacks, and so answer with more than was asked for.
                if (type is "Organization" or "Group")
                {
                    continue;
                }

                return [];
            }

            var tests = values.Select(value => Test(parameter, modifier, value, origin)).ToList();
            if (tests.Contains(null))
            {
                return [];
            }

            rows = IsText(parameter)
                ? rows.Where(row => tests.TrueForAll(test => test!(row)))
                : rows.Where(row => tests.Exists(test => test!(row)));
        }

        return [.. rows];
    }

    private static bool IsText(SearchParameter parameter) => parameter.Kind == "string" || parameter is { Type: "PractitionerRole", Name: "practitioner" };

    private static Func<JsonObject, bool>? Test(SearchParameter parameter, string modifier, string value, string origin)
    {
        // Two parameters have another type here than in R4.
        if (parameter is { Type: "PractitionerRole", Name: "practitioner" })
        {
            return Criterion.Of(parameter with { Kind = "string", Path = "practitioner.display" }, modifier, value, conformant: false);
        }

        if (parameter.Kind == "reference" && parameter is not { Type: "Coverage", Name: "payor" })
        {
            var isForeign = value.Contains("://", StringComparison.Ordinal) && !value.StartsWith(origin, StringComparison.OrdinalIgnoreCase);
            return isForeign || modifier.Length > 0 ? null : Criterion.Of(parameter, "", value, conformant: false);
        }

        return Criterion.Of(parameter with { Kind = parameter.Kind == "reference" ? "token" : parameter.Kind }, modifier, value, conformant: false);
    }

    /// <summary>What PHP makes of the query: "date[]" collects, any other repeated name keeps its last value; commas separate.</summary>
    private static Dictionary<string, List<string>> Effective(Query query)
    {
        var effective = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in query.Pairs.Where(pair => pair.Key != "_revinclude"))
        {
            var isArray = name.EndsWith("[]", StringComparison.Ordinal);
            var key = isArray ? name[..^2] : name;
            var values = isArray && effective.TryGetValue(key, out var known) ? known : [];
            effective[key] = [.. values, .. value.Split(',')];
        }

        return effective;
    }

    /// <summary>The first category or code picks one backing service; only that one is asked.</summary>
    private static IEnumerable<JsonObject> Served(FhirStore store, string type, Query query)
    {
        var rows = StartingRows.Of(store, type, query, conformant: false);
        if (type != "Observation")
        {
            return rows;
        }

        var asked = Effective(query);
        var category = asked.GetValueOrDefault("category")?[0] is { } named ? Code(named)
            : asked.GetValueOrDefault("code")?[0] is { } code
            ? store.Of(type).FirstOrDefault(row => Has(row, "code", Code(code))) is { } found ? CategoryOf(found) : "none"
            : null;
        return rows.Where(row => category is null
            ? ObservationServices.Contains(CategoryOf(row))
            : CategoryOf(row) == category && ObservationServices.Contains(category));
    }

    private static string Code(string token) => token[(token.LastIndexOf('|') + 1)..];

    private static string CategoryOf(JsonObject row) => Values.At(row, "category.coding.code").First().ToString();

    private static bool Has(JsonObject row, string path, string code) => Values.At(row, path + ".coding.code").Any(node => node.ToString() == code);
}
