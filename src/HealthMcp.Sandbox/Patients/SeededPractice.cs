using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>What the practice has noted of its patients at the start: the most of the three with a full chart.</summary>
internal static class SeededPractice
{
    private static readonly DateTimeOffset Opened = new(2022, 3, 1, 15, 30, 0, TimeSpan.Zero);

    private static readonly (string From, string Type, string To, bool Guardian)[] Related =
    [
        ("marissa", "guardian", "leah-vandermeer-2010", true), ("beatriz-carvalho-1969", "grandparent", "oliver-bergstrom-2015", true),
        ("robert-chen-1955", "parent", "robert-chen-1983", false), ("maria-garcia-1962", "parent", "maria-garcia-1990", false),
        ("marissa", "sibling", "mark-jones-1971", false), ("ingrid-halvorsen-1945", "guardian", "helen", true),
    ];

    public static string DefinitionId(string kind, string key) =>
        kind == "tag" && key == "full-chart" ? PatientStore.ChartedTag : DeterministicId.Of("patients", kind + "-definition", key);

    public static IEnumerable<JsonObject> Definitions(string kind) => kind switch
    {
        "alert" =>
        [
            Alert("fall-risk", 1, "Fall risk", "Safety", "patient"),
            Alert("latex", 2, "Latex allergy", "Clinical", "patient"),
            Alert("balance", 3, "Balance hold", "Billing", "family"),
        ],
        "field" =>
        [
            Define(kind, "pharmacy", 1, new() { ["name"] = "Preferred pharmacy", ["field_type"] = "text", ["is_required"] = false }),
            Define(kind, "interpreter", 2, new() { ["name"] = "Interpreter needed", ["field_type"] = "boolean", ["is_required"] = true }),
            Define(kind, "recall", 3, new()
            {
                ["name"] = "Recall interval", ["field_type"] = "dropdown", ["is_required"] = false,
                ["dropdown_options"] = Json.Strings("3 months", "6 months", "12 months"),
            }),
        ],
        _ =>
        [
            Define(kind, "full-chart", 1, new() { ["name"] = "Full chart", ["category"] = "Records", ["color"] = "#2b6cb0" }),
            Define(kind, "study", 2, new() { ["name"] = "Study candidate", ["category"] = "Research", ["color"] = "#2f855a" }),
        ],
    };

    public static IEnumerable<JsonObject> Alerts(string owner) => Charted(owner) is not { } person ? [] :
    [
        Row("alert", person, 0, new()
        {
            ["patient"] = References.Patient(person), ["alert_definition"] = Defined("alert", "fall-risk", "Fall risk"), ["alert_scope"] = "patient",
            ["is_urgent"] = true, ["status"] = "active", ["created_by"] = 1,
            ["note"] = $"{person.First} needs an arm on the stairs; call {person["contact"]} ({person["contactPhone"]}) if late.",
        }),
        Row("alert", person, 1, new()
        {
            ["patient"] = References.Patient(person), ["alert_definition"] = Defined("alert", "balance", "Balance hold"), ["alert_scope"] = "family",
            ["is_urgent"] = false, ["status"] = "active", ["created_by"] = 1,
        }),
    ];

    public static IEnumerable<JsonObject> Communications(string owner) => Charted(owner) is not { } person ? [] : new[]
    {
        ("phone", "sent", $"Spoke with {person["contact"]} ({person["relation"]}) at {person["contactPhone"]} about the next visit."),
        ("email", "received", $"{person.First} writes from {person["email"]} that she or he feels well."),
        ("text", "sent", "Reminder of the appointment."),
    }.Select((entry, index) => Row("communication", person, index, new()
    {
        ["patient"] = References.Patient(person), ["communication_datetime"] = Json.Stamp(Opened.AddDays(40 + (index * 97))), ["mode"] = entry.Item1,
        ["direction"] = entry.Item2, ["communication_source"] = entry.Item1 == "text" ? "automated" : "user", ["note"] = entry.Item3,
        ["communication_type"] = References.Thing("communication_type", "recall"), ["created_by"] = PatientStore.Reference("practitioner", "okonkwo"),
    }));

    public static IEnumerable<JsonObject> Relationships(string owner) => Related
        .Select((one, index) => (From: Of(one.From), To: Of(one.To), one.Type, one.Guardian, index))
        .Where(one => one.From.PracticeId == owner)
        .Select(one => Row("relationship", one.From, one.index, new()
        {
            ["from_patient"] = References.Patient(one.From), ["to_patient"] = References.Patient(one.To), ["relationship_type"] = one.Type,
            ["from_patient_name"] = one.From.FullName, ["to_patient_name"] = one.To.FullName, ["is_guardian"] = one.Guardian,
        }));

    public static IEnumerable<JsonObject> Attributions(string owner) => Charted(owner) is not { } person ? [] :
    [
        Row("attribution", person, 0, new()
        {
            ["patient"] = References.Patient(person), ["attribution_role"] = "primary", ["attributed_at"] = Json.Stamp(Opened),
            ["referral_partner"] = References.Thing("referral_partner", "willamette"), ["source_note"] = $"{person.First} was sent by Dr. Fenwick.",
        }),
    ];

    public static IEnumerable<JsonObject> FieldValues(string owner) => Charted(owner) is not { } person ? [] :
    [
        Row("field-value", person, 0, new()
        {
            ["patient"] = References.Patient(person), ["field_definition"] = Defined("field", "pharmacy", "Preferred pharmacy"), ["field_type"] = "text",
            ["value"] = $"The pharmacy at {person["street"]}, {person["city"]}",
        }),
        Row("field-value", person, 1, new()
        {
            ["patient"] = References.Patient(person), ["field_definition"] = Defined("field", "recall", "Recall interval"), ["field_type"] = "dropdown",
            ["value"] = "6 months",
        }),
    ];

    private static JsonObject Alert(string key, int order, string name, string category, string scope) => Define("alert", key, order, new()
    {
        ["name"] = name, ["category"] = category, ["default_is_urgent"] = scope == "patient", ["default_scope"] = scope,
    });

    private static JsonObject Define(string kind, string key, int order, JsonObject fields)
    {
        fields["item_order"] = order;
        return Shelf.Stamped(DefinitionId(kind, key), fields, Opened);
    }

    private static JsonObject Defined(string kind, string key, string name) => new() { ["uuid"] = DefinitionId(kind, key), ["name"] = name };

    private static JsonObject Row(string kind, Person person, int index, JsonObject fields) => Shelf.Stamped(
        DeterministicId.Of("patients", kind, person.Key, index.ToString(CultureInfo.InvariantCulture)), fields, Opened.AddDays(10 + (index * 30)));

    private static Person? Charted(string owner) => Person.Charted.FirstOrDefault(person => person.PracticeId == owner);

    private static Person Of(string key) => Person.All.First(person => person.Key == key);
}
