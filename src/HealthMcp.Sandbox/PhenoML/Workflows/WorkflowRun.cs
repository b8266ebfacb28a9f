using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Workflows;

/// <summary>Executes the steps of a workflow one after the other: searches among the demo patients, and makes small resources from the input.</summary>
/// <param name="workflow">Id of the workflow.</param>
/// <param name="input">What the caller gave.</param>
/// <param name="preview">Nothing is kept: what is made is only shown.</param>
/// <param name="number">Tells runs apart.</param>
internal sealed class WorkflowRun(string workflow, JsonObject input, bool preview, int number)
{
    private string? _patient;

    /// <returns>The result of each step by its id.</returns>
    public JsonObject Execute(JsonArray steps)
    {
        var results = new JsonObject();
        foreach (var step in steps.OfType<JsonObject>())
        {
            var operation = step["operation"]!.AsObject();
            results[step.Text("id")!] = operation["search_definition"] is JsonObject search
                ? Search(search)
                : Create(operation["create_definition"]!.AsObject(), step.Text("id")!);
        }

        return results;
    }

    private JsonObject Search(JsonObject definition)
    {
        var (first, last) = (Given("first_name"), Given("last_name"));
        var asked = new JsonObject();
        if (last is not null) asked["family"] = last;
        if (first is not null) asked["given"] = first;
        var found = definition.Text("resource_type") == "Patient" ? Person.All.Where(person => Is(person.First, first) && Is(person.Last, last)).ToList() : [];
        _patient ??= found.Count == 1 ? found[0].FhirId : null;
        return new JsonObject
        {
            ["type"] = "search_result",
            ["original_query"] = $"find {definition.Text("resource_type")!.ToLowerInvariant()} by first name {first} and last name {last}",
            ["resource_type"] = definition.Text("resource_type"),
            ["search_params"] = asked,
            ["results"] = Json.Array(found.Select(Patient)),
        };
    }

    private JsonObject Create(JsonObject definition, string step)
    {
        var type = definition.Text("resource_type")!;
        var id = DeterministicId.Of("phenoml", "made", workflow, step, number.ToString(CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["type"] = "create_result",
            ["id"] = id,
            ["resource_type"] = type,
            ["original_desc"] = $"create {type.ToLowerInvariant()} with diagnosis code {Given("code")} for the patient",
            ["preview"] = preview,
            ["created_resource"] = Resource(type, id),
        };
    }

    private JsonObject Resource(string type, string id)
    {
        var made = new JsonObject { ["resourceType"] = type, ["id"] = id };
        if (type == "Condition")
        {
            made["clinicalStatus"] = Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null);
            made["code"] = Coding("http://hl7.org/fhir/sid/icd-10-cm", Given("code") ?? "R69", Description(Given("code")));
        }
        else if (type == "Patient")
        {
            made["name"] = new JsonArray(new JsonObject { ["family"] = Given("last_name"), ["given"] = new JsonArray(Given("first_name")) });
            return made;
        }
        else
        {
            made["status"] = type == "Encounter" ? "planned" : "final";
            made[type == "Encounter" ? "class" : "code"] = type == "Encounter"
                ? new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActCode", ["code"] = "AMB" }
                : new JsonObject { ["text"] = "Finding" };
        }

        if (_patient is not null) made["subject"] = new JsonObject { ["reference"] = $"Patient/{_patient}" };
        else made["subject"] = new JsonObject { ["display"] = "unknown" };
        return made;
    }

    private static JsonObject Coding(string system, string code, string? display) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }.Maybe("display", display)),
    };

    private static JsonObject Patient(Person person) => new()
    {
        ["resourceType"] = "Patient",
        ["id"] = person.FhirId,
        ["name"] = new JsonArray(new JsonObject { ["family"] = person.Last, ["given"] = new JsonArray(person.First), ["use"] = "usual" }),
        ["gender"] = person.IsFemale ? "female" : "male",
        ["birthDate"] = person.BirthDate,
    };

    private static string? Description(string? code) =>
        Lexicon.Of("ICD-10-CM").FirstOrDefault(entry => entry.Code == code)?.Description;

    private static bool Is(string has, string? wanted) => wanted is null || has.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private string? Given(string ending) =>
        input.Where(member => member.Key.EndsWith(ending, StringComparison.Ordinal)).Select(member => member.Value?.ToString()).FirstOrDefault();
}
