using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>Searching as R4 has it: every repeat narrows, commas widen, chains reach into the referenced resource.</summary>
internal static class ConformantSearch
{
    private static readonly string[] Controls = ["_count", "_offset", "_sort", "_include", "_revinclude", "_summary", "_total", "_format"];

    /// <summary>Null with the name of the parameter that cannot be used.</summary>
    public static IReadOnlyList<JsonObject>? Run(FhirStore store, string type, Query query, bool isStrict, out string problem)
    {
        problem = "";
        var rows = StartingRows.Of(store, type, query, conformant: true);
        foreach (var (name, value) in query.Pairs.Where(pair => !Controls.Contains(pair.Key)))
        {
            if (Test(store, type, name, value, out var isKnown) is { } test)
            {
                rows = rows.Where(test);
            }
            else if (isKnown || isStrict)
            {
                problem = name;
                return null;
            }
        }

        return Sorted(rows, type, query.First("_sort") ?? "", ref problem);
    }

    private static Func<JsonObject, bool>? Test(FhirStore store, string type, string name, string value, out bool isKnown)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var head = dot < 0 ? name : name[..dot];
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        var (bare, modifier) = colon < 0 ? (head, "") : (head[..colon], head[(colon + 1)..]);
        var parameter = SearchParameter.Find(type, bare, conformant: true);
        isKnown = parameter is not null;
        if (parameter is null)
        {
            return null;
        }

        if (dot >= 0)
        {
            return Chained(store, parameter, modifier, name[(dot + 1)..], value);
        }

        var tests = value.Split(',').Select(one => Criterion.Of(parameter, modifier, one, conformant: true)).ToList();
        return tests.Contains(null) ? null : row => tests.Exists(test => test!(row));
    }

    private static Func<JsonObject, bool>? Chained(FhirStore store, SearchParameter parameter, string targetType, string rest, string value)
    {
        var target = targetType.Length > 0 ? targetType : "Patient";
        if (Test(store, target, rest, value, out _) is not { } inner)
        {
            return null;
        }

        var wanted = store.Of(target).Where(inner).Select(FhirStore.Reference).ToHashSet(StringComparer.Ordinal);
        return row => Values.At(row, parameter.Path).OfType<JsonObject>().Any(node => wanted.Contains(node.Text("reference") ?? ""));
    }

    /// <summary>Null with the problem where a key cannot be sorted by.</summary>
    public static IReadOnlyList<JsonObject>? Sorted(IEnumerable<JsonObject> rows, string type, string sort, ref string problem)
    {
        IOrderedEnumerable<JsonObject>? sorted = null;
        foreach (var key in sort.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var isDescending = key[0] == '-';
            if (SearchParameter.Find(type, key.TrimStart('-'), conformant: true) is not { } parameter)
            {
                problem = "_sort";
                return null;
            }

            string Value(JsonObject row) => Values.At(row, parameter.Path).SelectMany(Values.Texts).FirstOrDefault() ?? "";
            sorted = (sorted, isDescending) switch
            {
                (null, true) => rows.OrderByDescending(Value, StringComparer.Ordinal),
                (null, false) => rows.OrderBy(Value, StringComparer.Ordinal),
                (_, true) => sorted.ThenByDescending(Value, StringComparer.Ordinal),
                _ => sorted.ThenBy(Value, StringComparer.Ordinal),
            };
        }

        return [.. sorted ?? rows];
    }
}
