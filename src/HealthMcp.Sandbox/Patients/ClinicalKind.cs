using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>One kind of clinical record below a patient.</summary>
/// <param name="Kind">As the catalogue calls it: allergy, disease or medication.</param>
/// <param name="Create">Body of the create.</param>
/// <param name="Defaults">Members that a new record has although they were not sent.</param>
internal sealed record ClinicalKind(string Kind, IReadOnlyList<BodyRule> Create, JsonObject Defaults)
{
    private const string Functions = "problem|cognitive_result|cognitive_problem|functional_result|functional_problem";

    public static readonly ClinicalKind Allergy = new(
        "allergy",
        BodyRule.Table(
            "allergy_definition_uuid! uuid\ndate_adverse_reaction date\nreaction string\nseverity string\nsnomed_reaction string\nstatus_is_active boolean"),
        new JsonObject { ["status_is_active"] = true });

    public static readonly ClinicalKind Disease = new(
        "disease",
        BodyRule.Table(
            $"disease_definition_uuid! uuid\ndate_start date\ndate_stop date\nfunction_status {Functions}\npatient_note string\n"
            + "problem_status active|resolved|inactive\nsnomed_problem_type string"),
        new JsonObject { ["problem_status"] = "active", ["function_status"] = "problem" });

    public static readonly ClinicalKind Medication = new(
        "medication",
        BodyRule.Table(
            "date_start date\ndate_stop date\ndosage string\nfrequency string\nis_cpoe boolean\nmed_descript string\nmedication_definition_uuid uuid\n"
            + "patient_note string\nprovider_uuid uuid\nroute string\nrx_cui string"),
        new JsonObject { ["is_cpoe"] = false, ["status"] = "active" })
    {
        OnlyUpdated = BodyRule.Table("discontinuation_reason string\nstatus active|completed|discontinued|on_hold"),
    };

    /// <summary>Members that only the update takes.</summary>
    public IReadOnlyList<BodyRule> OnlyUpdated { get; init; } = [];

    public IReadOnlyList<BodyRule> Update { get; } =
        [.. Create.Select(rule => rule with { Required = false }), .. BodyRule.Table("base_version! integer")];

    public IReadOnlyList<BodyRule> UpdateRules => [.. Update, .. OnlyUpdated];

    public string Title => char.ToUpperInvariant(Kind[0]) + Kind[1..];

    /// <summary>What was sent, as it is kept: an id becomes a reference. The first id that is not there becomes the 404.</summary>
    public Answer? Put(JsonObject body, IEnumerable<BodyRule> rules, JsonObject row)
    {
        foreach (var rule in rules.Where(rule => rule.Name != "base_version" && body[rule.Name] is not null))
        {
            if (rule.Type != "uuid")
            {
                row[rule.Name] = body[rule.Name]!.DeepClone();
                continue;
            }

            var member = rule.Name[..^"_uuid".Length];
            if (Find(member, body.Text(rule.Name)!) is not { } found)
            {
                return Problem.NotFound(member);
            }

            row[member] = found;
        }

        return null;
    }

    private JsonObject? Find(string member, string id) => member == "provider" ? PatientStore.Provider(id) : ClinicalCatalog.Find(Kind, id);
}
