using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>Holds an answer against the oracle: rows, each once, their order, number, elements and what came along.</summary>
internal static class OracleCheck
{
    /// <summary>Null when all is right; else what is not.</summary>
    public static string? Of(OracleWorld world, OracleQuery query, OracleAnswer answer)
    {
        if (answer.Refusal is { } refusal) return $"refused: {refusal}";
        var right = world.Oracle.Find(query).ToDictionary(row => row["id"]!.ToString(), StringComparer.Ordinal);
        if (answer.Totals.Exists(total => total != right.Count)) return $"total {answer.Totals[0]} instead of {right.Count}";
        var ids = answer.Ids.ToList();
        if (query.Control("_summary") == "count") return ids.Count > 0 ? "rows although only the number was asked for" : null;
        if (ids.Count != ids.Distinct(StringComparer.Ordinal).Count()) return "a resource came twice";
        var (missing, extra) = (right.Keys.Except(ids, StringComparer.Ordinal).Count(), ids.Except(right.Keys, StringComparer.Ordinal).Count());
        if (missing + extra > 0) return $"of {right.Count}, {missing} missing and {extra} wrong";
        return Order(query, [.. ids.Select(id => right[id])]) ?? Along(world, query, answer, [.. right.Values]) ?? Elements(query, answer);
    }

    private static string? Order(OracleQuery query, List<JsonObject> rows)
    {
        if (query.Control("_sort") is not { } sort) return null;
        for (var i = 1; i < rows.Count; i++)
        {
            foreach (var key in sort.Split(','))
            {
                var difference = Compare(query.Type, key, rows[i - 1], rows[i]);
                if (difference > 0) return $"row {i} stands behind one that {key} puts after it";
                if (difference < 0) break;
            }
        }

        return null;
    }

    private static int Compare(string type, string key, JsonObject first, JsonObject second)
    {
        var isDescending = key[0] == '-';
        var (one, two) = (Sorted(type, key.TrimStart('-'), isDescending, first), Sorted(type, key.TrimStart('-'), isDescending, second));
        if (one is null || two is null) return (one is null ? 1 : 0) - (two is null ? 1 : 0);
        return isDescending ? -string.CompareOrdinal(one, two) : string.CompareOrdinal(one, two);
    }

    /// <summary>A text that sorts as the value does; null where there is none.</summary>
    private static string? Sorted(string type, string name, bool isDescending, JsonObject row)
    {
        var (kind, paths) = OraclePathTable.Of(type, name);
        var keys = OracleValues.At(row, paths).SelectMany(value => kind switch
        {
            "date" => [(OracleRange.Of(value) is var range && range!.Low > DateTimeOffset.MinValue ? range.Low : range!.High).UtcDateTime.ToString("o")],
            "quantity" => [(value["value"]!.GetValue<decimal>() + 1000000).ToString("0000000000.000000", CultureInfo.InvariantCulture)],
            "token" => OracleValues.Codes(value).Select(code => code.Code),
            _ => OracleValues.Texts(value).Select(Oracle.Fold),
        }).Order(StringComparer.Ordinal).ToList();
        return isDescending ? keys.LastOrDefault() : keys.FirstOrDefault();
    }

    private static string? Along(OracleWorld world, OracleQuery query, OracleAnswer answer, IReadOnlyList<JsonObject> rows)
    {
        var wanted = query.Pairs.Where(pair => pair.Name == "_include").Select(pair => pair.Value.Split(':'))
            .SelectMany(parts => world.Oracle.Included(rows, query.Type, parts[1], parts.ElementAtOrDefault(2))).ToHashSet(StringComparer.Ordinal);
        if (!answer.Included.SetEquals(wanted)) return $"{answer.Included.Count} included instead of {wanted.Count}";
        var attested = query.Control("_revinclude") is null ? [] : world.Oracle.Attested(rows).ToHashSet(StringComparer.Ordinal);
        return answer.Provenance.SetEquals(attested) ? null : $"{answer.Provenance.Count} provenances instead of {attested.Count}";
    }

    private static string? Elements(OracleQuery query, OracleAnswer answer)
    {
        if (query.Control("_elements") is not { } asked) return null;
        var names = asked.Split(',');
        var stray = answer.Rows.SelectMany(row => row.EnumerateObject()).Select(member => member.Name)
            .FirstOrDefault(name => name is not ("id" or "resourceType") && !names.Any(wanted => name.StartsWith(wanted, StringComparison.Ordinal)));
        return stray is null ? null : $"the element {stray} was not asked for";
    }

    /// <summary>The question in the tool's own arguments, each part in its place.</summary>
    public static string Structured(OracleQuery query)
    {
        var chart = query.Conditions.Where(pair => pair.Name == "patient" && Guid.TryParse(pair.Value, out _)).Take(1).ToList();
        var parameters = query.Conditions.Where(pair => pair.Name != "_id").Except(chart)
            .Select(pair => (JsonNode)new JsonObject { ["name"] = pair.Name, ["values"] = List(OracleQuery.Alternatives(pair.Value)) });
        var given = new JsonObject { ["type"] = query.Type, ["parameters"] = new JsonArray([.. parameters]), ["count"] = 200 };
        if (chart is [var (_, patient)]) given["patient"] = patient;
        foreach (var (name, value) in query.Pairs.Where(pair => pair.Name[0] == '_'))
        {
            switch (name)
            {
                case "_id": given["ids"] = List(value.Split(',')); break;
                case "_sort": given["sort"] = value; break;
                case "_count": given["count"] = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "_elements": given["elements"] = List(value.Split(',')); break;
                case "_summary": given["count_only"] = true; break;
                case "_revinclude": given["include_provenance"] = true; break;
                case "_include": given["include"] = List([.. (given["include"] as JsonArray ?? []).Select(one => one!.ToString()), value]); break;
            }
        }

        return given.ToJsonString(new JsonSerializerOptions());
    }

    private static JsonArray List(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>The question as a FHIR query string.</summary>
    public static string Arguments(OracleQuery query, int? count = null)
    {
        var text = string.Join('&', query.Pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
        var arguments = new JsonObject { ["type"] = query.Type, ["query"] = text };
        if (query.Control("_count") is null) arguments["count"] = count ?? 200;
        return arguments.ToJsonString(new JsonSerializerOptions());
    }
}
