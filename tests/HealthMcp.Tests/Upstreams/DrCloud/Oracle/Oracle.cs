using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>
/// Says what a FHIR query has to find, by looking at every resource there is. It knows the specification and the records, and nothing of the program.
/// </summary>
internal sealed class Oracle(Func<string, IReadOnlyList<JsonObject>> served, string server, DateTimeOffset now)
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    public IReadOnlyList<JsonObject> Find(OracleQuery query) => [.. served(query.Type).Where(row => query.Conditions.All(condition => Holds(row,
        query.Type, condition)))];

    /// <summary>What the rows refer to through the parameter, themselves left out.</summary>
    public IEnumerable<string> Included(IEnumerable<JsonObject> rows, string type, string parameter, string? target) =>
        rows.SelectMany(row => OracleValues.At(row, OraclePathTable.Of(type, parameter).Paths))
            .Select(node => node["reference"]!.ToString())
            .Where(reference => target is null || reference.StartsWith(target + "/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Attested(IEnumerable<JsonObject> rows) => rows.Select(row => $"{row["resourceType"]}/{row["id"]}")
        .ToHashSet(StringComparer.Ordinal) is var wanted
        ? served("Provenance").Where(row => row["target"]!.AsArray().Any(target => wanted.Contains(target!["reference"]!.ToString()))).Select(row =>
            row["id"]!.ToString())
        : [];

    private bool Holds(JsonObject row, string type, (string Name, string Value) condition)
    {
        var dot = condition.Name.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0) return HoldsOfPatient(row, type, condition.Name[..dot].Split(':')[0], (condition.Name[(dot + 1)..], condition.Value));
        var (name, modifier) = condition.Name.Split(':') is [var bare, var how] ? (bare, how) : (condition.Name, "");
        var (kind, paths) = OraclePathTable.Of(type, name);
        var values = OracleValues.At(row, paths);
        if (modifier == "missing") return values.Count == 0 == (condition.Value == "true");
        var asked = OracleQuery.Alternatives(condition.Value);
        return modifier == "not" ? !values.Exists(value => asked.Any(one => Matches(kind, "", value, one))) : values.Exists(value => asked.Any(one =>
            Matches(kind, modifier, value, one)));
    }

    private bool HoldsOfPatient(JsonObject row, string type, string reference, (string Name, string Value) condition)
    {
        var ids = OracleValues.At(row, OraclePathTable.Of(type, reference).Paths).Select(node => node["reference"]!.ToString());
        return ids.Any(id => served("Patient").FirstOrDefault(patient => $"Patient/{patient["id"]}" == id) is { } patient && Holds(patient, "Patient",
            condition));
    }

    private bool Matches(string kind, string modifier, JsonNode value, string asked) => (kind, modifier) switch
    {
        ("token", "text") => OracleValues.Words(value).Any(word => Fold(word).Contains(Fold(asked), StringComparison.Ordinal)),
        ("token", "of-type") => OfType(value, asked.Split('|')),
        ("token", _) => Token(value, asked),
        ("date", _) => Prefixed(asked) is var (prefix, text) && OracleRange.Of(value)?.Answers(prefix, OracleRange.Of(text)!, now) == true,
        ("quantity", _) => Prefixed(asked) is var (prefix, text) && OracleUnits.Answers(value, prefix, text),
        ("reference", _) => Reference(value, modifier, asked),
        (_, "exact") => OracleValues.Texts(value).Contains(asked, StringComparer.Ordinal),
        (_, "contains") => OracleValues.Texts(value).Any(text => Fold(text).Contains(Fold(asked), StringComparison.Ordinal)),
        _ => OracleValues.Texts(value).Any(text => Fold(text).StartsWith(Fold(asked), StringComparison.Ordinal)),
    };

    private static bool Token(JsonNode value, string asked)
    {
        var bar = asked.IndexOf('|', StringComparison.Ordinal);
        var (system, code) = bar < 0 ? (null, asked) : (asked[..bar], asked[(bar + 1)..]);
        return OracleValues.Codes(value).Any(given =>
            (code.Length == 0 || given.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) && (system is null || given.System is null
                || given.System == system));
    }

    private static bool OfType(JsonNode value, string[] asked) => value["type"] is { } type
        && OracleValues.Codes(type).Any(code => code == (asked[0], asked[1])) && value["value"]?.ToString() == asked[2];

    private bool Reference(JsonNode value, string modifier, string asked)
    {
        if (value["reference"]?.ToString() is not { } given) return false;
        if (asked.StartsWith(server + "/", StringComparison.Ordinal)) asked = asked[(server.Length + 1)..];
        if (modifier.Length > 0) asked = $"{modifier}/{asked[(asked.LastIndexOf('/') + 1)..]}";
        return asked.Contains('/', StringComparison.Ordinal) ? given == asked : given.EndsWith("/" + asked, StringComparison.Ordinal);
    }

    private static (string Prefix, string Text) Prefixed(string asked) =>
        asked.Length > 2 && Prefixes.Contains(asked[..2], StringComparer.Ordinal) ? (asked[..2], asked[2..]) : ("eq", asked);

    /// <summary>Lower case, accents of the made-up names taken off.</summary>
    public static string Fold(string text) => string.Concat(text.ToLowerInvariant().Select(letter => "áâãàäå".Contains(letter, StringComparison.Ordinal) ? 'a'
        : "éèêë".Contains(letter, StringComparison.Ordinal) ? 'e' : "íìîï".Contains(letter, StringComparison.Ordinal) ? 'i'
        : "óòôõöø".Contains(letter, StringComparison.Ordinal) ? 'o' : "úùûü".Contains(letter, StringComparison.Ordinal) ? 'u'
        : letter switch { 'ñ' => 'n', 'ç' or 'č' => 'c', 'š' => 's', 'ł' => 'l', var plain => plain }));
}
