using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Omop;

/// <summary>Collects the rows of one request. Ids of rows count from 1 in each table.</summary>
internal sealed class OmopRows
{
    private const int FromRecord = 32817;

    private readonly IReadOnlyList<JsonObject> _resources;
    private readonly List<JsonObject> _people;
    private readonly Dictionary<string, List<JsonObject>> _tables = new(StringComparer.Ordinal);
    private readonly CodeResolution _codes = new();
    private readonly List<JsonObject> _dropped = [];

    public OmopRows(IReadOnlyList<JsonObject> resources) =>
        (_resources, _people) = (resources, [.. resources.Where(resource => resource.Type() == "Patient")]);

    public void Add(JsonObject resource)
    {
        if (resource.Type() == "Patient")
        {
            Row("person", Person(resource));
        }
        else if (resource.Type() is "Encounter")
        {
            Shaped(resource, person => Visit(resource, person));
        }
        else if (OmopTable.Of(resource) is { } table)
        {
            Shaped(resource, person => Event(resource, table, person));
        }
    }

    public JsonObject Answer()
    {
        var answer = new JsonObject
        {
            ["success"] = true,
            ["message"] = "FHIR resources mapped to OMOP CDM v5.4",
            ["tables"] = new JsonObject(_tables.Select(table => KeyValuePair.Create(table.Key, (JsonNode?)Json.Array(table.Value)))),
            ["mappings"] = Json.Array(_codes.Mappings),
        };
        if (_dropped.Count > 0)
        {
            answer["dropped"] = Json.Array(_dropped);
        }

        return answer.Maybe("vocab_version", _codes.HasResolved ? ConceptTable.Release : null).Set("summary", _codes.Summary);
    }

    private void Shaped(JsonObject resource, Func<int, string?> shape)
    {
        var person = _people.FindIndex(patient => patient.Names(resource.Subject())) + 1;
        var reason = person == 0 ? "subject reference cannot be tied to a person" : shape(person);
        if (reason is not null)
        {
            _dropped.Add(new JsonObject { ["resource_type"] = resource.Type() }.Maybe("resource_id", resource.Text("id")).Set("reason", reason));
        }
    }

    private string? Visit(JsonObject encounter, int person)
    {
        var row = new JsonObject { ["person_id"] = person, ["visit_concept_id"] = 0 };
        Dates(row, "visit_start", encounter.At("period", "start"));
        Dates(row, "visit_end", encounter.At("period", "end"));
        Row("visit_occurrence", row.Set("visit_type_concept_id", FromRecord).Maybe("visit_source_value", encounter.At("class", "code")?.ToString()));
        return null;
    }

    private string? Event(JsonObject resource, OmopTable table, int person)
    {
        if (Coded(resource, table.Concept) is not { } concept || Resources.Say(concept) is null)
        {
            return table.Prefix == "drug" ? "no usable code, resolvable reference or display" : "no code";
        }

        var row = new JsonObject { ["person_id"] = person };
        var id = Row(table.Table, row);
        var resolved = _codes.Resolve(resource, concept, table, id);
        row[$"{table.Prefix}_concept_id"] = resolved.Id;
        Dates(row, table.DateColumn[..^"_date".Length], table.Dates.Select(name => resource[name]).FirstOrDefault(date => date is not null));
        row[$"{table.Prefix}_type_concept_id"] = FromRecord;
        row.Maybe($"{table.Prefix}_source_value", resolved.Source);
        row[$"{table.Prefix}_source_concept_id"] = resolved.SourceId;
        if (resource.Type() == "Observation")
        {
            OmopValue.Of(resource).Write(row);
        }

        if (table.Prefix == "drug")
        {
            row.Maybe("sig", (resource["dosageInstruction"] ?? resource["dosage"]).At("text")?.ToString());
        }

        return null;
    }

    // Inline, contained, or another resource of the request.
    private JsonNode? Coded(JsonObject resource, string member)
    {
        if (resource[member] is { } inline || resource.At("medicationReference", "reference")?.ToString() is not { } reference)
        {
            return resource[member];
        }

        var medication = reference.StartsWith('#')
            ? (resource["contained"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => one.Text("id") == reference[1..])
            : _resources.FirstOrDefault(one => one.Type() == "Medication" && one.Names(reference));
        return medication?["code"] ?? resource["medicationReference"]?["display"]?.DeepClone();
    }

    private static JsonObject Person(JsonObject patient)
    {
        var row = new JsonObject { ["gender_concept_id"] = 0 };
        if (patient.Text("birthDate") is { } born)
        {
            string[] columns = ["year_of_birth", "month_of_birth", "day_of_birth"];
            foreach (var (column, part) in columns.Zip(born.Split('-')))
            {
                row.Maybe(column, int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : null);
            }

            row["birth_datetime"] = born;
        }

        return row.Set("race_concept_id", 0).Set("ethnicity_concept_id", 0)
            .Maybe("person_source_value", patient.Text("id")).Maybe("gender_source_value", patient.Text("gender"));
    }

    private static void Dates(JsonObject row, string column, JsonNode? given)
    {
        var date = (given is JsonObject ? given.At("start") : given)?.ToString();
        if (date is { Length: >= 4 })
        {
            row[$"{column}_date"] = date.Split('T')[0];
            row[$"{column}_datetime"] = date;
        }
    }

    private int Row(string table, JsonObject row)
    {
        if (!_tables.TryGetValue(table, out var rows))
        {
            _tables[table] = rows = [];
        }

        rows.Add(row);
        row.Insert(0, $"{table}_id", rows.Count);
        return rows.Count;
    }
}
