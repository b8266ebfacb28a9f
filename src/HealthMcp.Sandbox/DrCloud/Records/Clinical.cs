using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Records;

/// <summary>Problems, drugs, allergies, procedures and what is given or put in.</summary>
internal static class Clinical
{
    public static JsonObject Condition(Care care, ChartLine line) => Node
        .Resource("Condition", care.Id("Condition", line), care.About(line["conditionName"] + " " + line["metastaticSites"]), "condition")
        .And("clinicalStatus", Node.Term("condition-clinical", line["clinicalStatus"], line["clinicalStatus"]))
        .And("verificationStatus", Node.Term("condition-ver-status", "confirmed", "Confirmed"))
        .And("category", new JsonArray(Node.Term("condition-category", "problem-list-item", "Problem List Item")))
        .And("code", Node.Concept(line, line["conditionName"]))
        .And("bodySite", line["bodySites"].Length > 0
            ? new JsonArray([.. line.List("bodySites").Select(site => (JsonNode)new JsonObject { ["text"] = site })])
            : null)
        .And("subject", care.Patient)
        .And("encounter", care.EncounterOn(line["encounterDate"]))
        .And("onsetDateTime", line.Date)
        .And("recordedDate", line["encounterDate"])
        .And("asserter", care.Doctor)
        .And("note", line["metastaticSites"].Length > 0 ? new JsonArray(new JsonObject { ["text"] = line["metastaticSites"] }) : null);

    public static IEnumerable<JsonObject> Medication(Care care, ChartLine line)
    {
        var medicationId = DeterministicId.Of("drcloud", "Medication", line["medicationCode"]);
        yield return Node.Resource("Medication", medicationId, line["medicationName"], "medication")
            .And("code", Node.Concept(line, line["medicationName"]))
            .And("status", "active");
        yield return Node.Resource(
            "MedicationRequest",
            care.Id("MedicationRequest", line),
            care.About($"{line["medicationName"]}: {line["patientInstruction"]}"),
            "medicationrequest")
            .And("status", line["status"])
            .And("intent", "order")
            .And("reportedBoolean", false)
            .And("medicationCodeableConcept", Node.Concept(line, line["medicationName"]))
            .And("subject", care.Patient)
            .And("authoredOn", line.Date)
            .And("requester", care.Doctor)
            .And("reasonCode", new JsonArray(new JsonObject { ["text"] = line["reason"] }))
            .And("note", line["notes"].Length > 0 ? new JsonArray([.. line.List("notes").Select(note => (JsonNode)new JsonObject { ["text"] = note })]) : null)
            .And("dosageInstruction", new JsonArray(new JsonObject
            {
                ["text"] = line["patientInstruction"].Length > 0 ? line["patientInstruction"] : $"{line["dose"]} {line["doseUnit"]}",
                ["route"] = new JsonObject { ["text"] = line["route"] },
                ["doseAndRate"] = new JsonArray(new JsonObject
                {
                    ["doseQuantity"] = Node.Quantity(decimal.Parse(line["dose"], CultureInfo.InvariantCulture), line["doseUnit"]),
                }),
            }));
    }

    public static JsonObject Allergy(Care care, ChartLine line) => Node
        .Resource(
            "AllergyIntolerance",
            care.Id("AllergyIntolerance", line),
            care.About($"Allergy to {line["allergy"]}: {line["reaction"]}"),
            "allergyintolerance")
        .And("clinicalStatus", Node.Term("allergyintolerance-clinical", line["clinicalStatus"], line["clinicalStatus"]))
        .And("verificationStatus", Node.Term("allergyintolerance-verification", "confirmed", "Confirmed"))
        .And("code", Node.Concept(line, line["allergy"]))
        .And("patient", care.Patient)
        .And("onsetDateTime", line["onsetDate"])
        .And("recordedDate", line.Date)
        .And("reaction", new JsonArray(new JsonObject { ["manifestation"] = new JsonArray(new JsonObject { ["text"] = line["reaction"] }) }));

    public static JsonObject Procedure(Care care, ChartLine line) => Node
        .Resource("Procedure", care.Id("Procedure", line), care.About($"{line["procedure"]}, {line["procedureReason"]}"), "procedure")
        .And("status", "completed")
        .And("code", Node.Concept(line, line["procedure"]))
        .And("subject", care.Patient)
        .And("performedDateTime", line.Date)
        .And("performer", new JsonArray(new JsonObject { ["actor"] = care.Doctor }))
        .And("location", care.Location)
        .And("reasonCode", new JsonArray(new JsonObject { ["text"] = line["procedureReason"] }));

    public static JsonObject Immunization(Care care, ChartLine line) => Node
        .Resource("Immunization", care.Id("Immunization", line), care.About(line["vaccine"]), "immunization")
        .And("status", "completed")
        .And("vaccineCode", Node.Concept(line, line["vaccine"]))
        .And("patient", care.Patient)
        .And("occurrenceDateTime", line.Date)
        .And("primarySource", true)
        .And("lotNumber", line["lot"]);

    public static JsonObject Device(Care care, ChartLine line) => Node
        .Resource("Device", care.Id("Device", line), care.About($"{line["device"]}, serial {line["serial"]}"), "implantable-device")
        .And("udiCarrier", new JsonArray(new JsonObject { ["deviceIdentifier"] = line["udi"][4..18], ["carrierHRF"] = line["udi"] }))
        .And("status", "active")
        .And("serialNumber", line["serial"])
        .And("type", Node.Concept(line, line["device"]))
        .And("patient", care.Patient);
}
