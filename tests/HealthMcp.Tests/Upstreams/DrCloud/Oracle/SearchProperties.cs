using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>
/// Questions nobody thought of: one to three parameters of a type, with values taken from some record and put in any form the kind has, read page by
/// page. What is not refused is exactly what the oracle finds, each resource once.
/// </summary>
internal static class SearchProperties
{
    private const int Questions = 50;

    private static readonly string[] Types =
    [
        "AllergyIntolerance", "CarePlan", "CareTeam", "Condition", "Coverage", "Device", "DiagnosticReport", "DocumentReference", "Encounter", "Goal", "Group",
        "Immunization", "Location", "Medication", "MedicationRequest", "Observation", "Organization", "Patient", "Person", "Practitioner", "PractitionerRole",
        "Procedure", "Provenance",
    ];

    public static void Check(OracleWorld world, ulong seed)
    {
        var refused = 0;
        var config = Config.QuickThrowOnFailure.WithMaxTest(Questions).WithReplay(seed, 21);
        Prop.ForAll(Any(world).ToArbitrary(), asked =>
        {
            var query = OracleQuery.Parse(asked.Text);
            var answer = world.AskAsync(OracleCheck.Arguments(query, asked.Page)).GetAwaiter().GetResult();
            if (answer.Refusal is not null) refused++;
            else OracleCheck.Of(world, query, answer).ShouldBeNull(asked.Text);
        }).Check(config);
        refused.ShouldBeLessThan(Questions / 4);
    }

    private static Gen<(string Text, int Page)> Any(OracleWorld world) =>
        from type in Gen.Elements(Types)
        from row in Gen.Choose(0, int.MaxValue)
        from parameters in Parameter(world, type, row).ListOf().Where(list => list.Count is > 0 and < 4)
        from page in Gen.Choose(3, 40)
        from sort in Gen.Elements("", "", "&_sort=-_lastUpdated", "&_sort=_lastUpdated")
        let chart = Chart(world, type, row)
        select ($"{type}?{string.Join('&', [.. chart, .. parameters])}{sort}", chart.Count > 0 ? page : 200);

    // Mostly one chart: there pages can be small without asking for everything again and again.
    private static IReadOnlyList<string> Chart(OracleWorld world, string type, int at)
    {
        if (type != "Observation" && at % 4 == 0) return [];
        var rows = world.Served(type);
        return rows[at % rows.Count]["subject"]?["reference"]?.ToString() is { } patient ? ["patient=" + patient] : [];
    }

    private static Gen<string> Parameter(OracleWorld world, string type, int at) =>
        from parameter in Gen.Elements(OraclePathTable.Parameters(type).ToArray())
        from other in Gen.Choose(0, 3)
        from form in Gen.Choose(0, 5)
        let rows = world.Served(type)
        let value = OracleValues.At(rows[(at + other) % rows.Count], OraclePathTable.Of(type, parameter.Name).Paths).FirstOrDefault()
        select value is null ? $"{parameter.Name}:missing={(form % 2 == 0 ? "true" : "false")}" : Asked(parameter.Name, parameter.Kind, value, form);

    private static string Asked(string name, string kind, JsonNode value, int form) => kind switch
    {
        "token" => OracleValues.Codes(value).ToList() is [var code, ..] ? Token(name, code, form) : $"{name}:missing=false",
        "date" => $"{name}={new[] { "", "ge", "lt", "ne", "sa", "le" }[form]}{Day(value)}",
        "quantity" => $"{name}={new[] { "", "ge", "lt", "ne", "gt", "ap" }[form]}{value["value"]}|{value["system"]}|{value["code"]}",
        "reference" => $"{name}={(form < 3 ? value["reference"]!.ToString() : value["reference"]!.ToString().Split('/')[1])}",
        _ => Words(name, OracleValues.Texts(value).First().Replace(",", "\\,", StringComparison.Ordinal), form),
    };

    private static string Words(string name, string text, int form) => form switch
    {
        0 => $"{name}:exact={text}",
        1 => $"{name}:contains={text[(text.Length / 2)..].Trim()}",
        _ => $"{name}={text[..Math.Min(3, text.Length)].Trim()}",
    };

    private static string Day(JsonNode value) => (value is JsonValue ? value : value["start"] ?? value["event"]![0]!).ToString() is var text
        && text.Length > 10 ? text[..10] : text;

    private static string Token(string name, (string? System, string Code) given, int form) => form switch
    {
        0 when given.System is { Length: > 0 } system => $"{name}={system}|{given.Code}",
        1 => $"{name}:not={given.Code}",
        2 when given.System is { Length: > 0 } system => $"{name}={system}|",
        3 => $"{name}:missing=false",
        4 => $"{name}={given.Code},nothing",
        _ => $"{name}={given.Code}",
    };
}
