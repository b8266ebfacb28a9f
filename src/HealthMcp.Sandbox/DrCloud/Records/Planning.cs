using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Records;

/// <summary>Visits, notes, plans and who pays.</summary>
internal static class Planning
{
    public static JsonObject Encounter(Care care, ChartLine line)
    {
        var (code, display) = line["encounter"] switch
        {
            "inpatient" => ("IMP", "inpatient encounter"),
            "emergency" => ("EMER", "emergency"),
            _ => ("AMB", "ambulatory"),
        };
        return Node.Resource(
            "Encounter",
            care.Id("Encounter", line),
            care.About($"{line["encounterType"]} at {line["locationName"]} with {line["providerFirstName"]} {line["providerLastName"]}"),
            "encounter")
            .And(
                "identifier",
                new JsonArray(new JsonObject { ["system"] = "urn:oid:2.16.840.1.113883.19.5.2", ["value"] = "ENC-" + care.Id("Encounter", line)[..8] }))
            .And("status", "finished")
            .And("class", Node.Coding(Node.Terminology + "v3-ActCode", code, display))
            .And("type", new JsonArray(Node.Concept(line, line["encounterType"])))
            .And("subject", care.Patient)
            .And("participant", new JsonArray(new JsonObject { ["individual"] = care.Doctor }))
            .And("period", new JsonObject { ["start"] = line.Date + "T09:30:00-05:00", ["end"] = line.Date + "T10:15:00-05:00" })
            .And("reasonCode", new JsonArray(new JsonObject { ["text"] = line["encounterDiagnosis"] }))
            .And("location", new JsonArray(new JsonObject { ["location"] = care.Location }))
            .And("serviceProvider", care.Organization);
    }

    public static JsonObject Note(Care care, ChartLine line) => Node
        .Resource("DocumentReference", care.Id("DocumentReference", line), care.About($"{line["title"]} by {care.DoctorName}"), "documentreference")
        .And("identifier", new JsonArray(new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = "urn:uuid:" + care.Id("Binary", line) }))
        .And("status", "current")
        .And("type", Node.Concept(line, line["title"]))
        .And(
            "category",
            new JsonArray(Node.Concept("http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note")))
        .And("subject", care.Patient)
        .And("date", line.Date + "T16:45:00-05:00")
        .And("author", new JsonArray(care.Doctor))
        .And("custodian", care.Organization)
        .And("content", new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = "text/plain",
                ["url"] = "Binary/" + care.Id("Binary", line),
                ["title"] = $"{line["title"]}, {care.Person.FullName}",
            },
            ["format"] = Node.Coding("http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem", "urn:ihe:iti:xds:2017:mimeTypeSufficient"),
        }))
        .And("context", new JsonObject { ["period"] = new JsonObject { ["start"] = line.Date, ["end"] = line.Date } });

    public static JsonObject Coverage(Care care, ChartLine line) => Node
        .Resource("Coverage", care.Id("Coverage", line), care.About($"{line["coverage"]}, member {line["subscriberId"]}"))
        .And("status", "active")
        .And("type", Node.Concept(line, line["payorType"]))
        .And("subscriberId", line["subscriberId"])
        .And("beneficiary", care.Patient)
        .And("relationship", Node.Term("subscriber-relationship", line["relationship"], line["relationship"]))
        .And("period", new JsonObject { ["start"] = line.Date })
        .And("payor", new JsonArray(Node.Ref("Organization", Registry.FhirId("Organization", "northstar"), line["payor"])))
        .And("class", new JsonArray(new JsonObject { ["type"] = Node.Term("coverage-class", "group", "Group"), ["value"] = line["groupNumber"] }));

    public static JsonObject Goal(Care care, ChartLine line) => Node
        .Resource("Goal", care.Id("Goal", line), care.About(line["goal"]), "goal")
        .And("lifecycleStatus", "active")
        .And("description", new JsonObject { ["text"] = line["goal"] })
        .And("subject", care.Patient)
        .And("startDate", line.Date)
        .And("target", new JsonArray(new JsonObject { ["dueDate"] = line["due"] }));

    public static IEnumerable<JsonObject> Plan(Care care, ChartLine line)
    {
        var teamId = care.Id("CareTeam", line);
        yield return Node.Resource("CarePlan", care.Id("CarePlan", line), care.About(line["plan"]), "careplan")
            .And("status", "active")
            .And("intent", "plan")
            .And(
                "category",
                new JsonArray(Node.Concept("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")))
            .And("description", line["plan"])
            .And("subject", care.Patient)
            .And("period", new JsonObject { ["start"] = line.Date })
            .And("careTeam", new JsonArray(Node.Ref("CareTeam", teamId)));
        yield return Node.Resource("CareTeam", teamId, care.About($"Care team: {care.DoctorName}, {care.Person["contact"]}"), "careteam")
            .And("status", "active")
            .And("subject", care.Patient)
            .And("participant", new JsonArray(
                Member("223366009", "Healthcare professional", care.Doctor),
                Member("133932002", "Caregiver", new JsonObject { ["display"] = care.Person["contact"] })));
    }

    public static JsonObject Appointment(Care care, ChartLine line) => Node
        .Resource("Appointment", care.Id("Appointment", line), care.About(line["reason"]))
        .And("status", "booked")
        .And("description", $"{line["reason"]} for {care.Person.FullName}")
        .And("start", line.Date + "T14:00:00-05:00")
        .And("end", line.Date + "T14:30:00-05:00")
        .And("participant", new JsonArray(
            new JsonObject { ["actor"] = care.Patient, ["status"] = "accepted" },
            new JsonObject { ["actor"] = care.Doctor, ["status"] = "accepted" }));

    private static JsonObject Member(string code, string display, JsonObject who) => new()
    {
        ["role"] = new JsonArray(Node.Concept("http://snomed.info/sct", code, display)),
        ["member"] = who,
    };
}
