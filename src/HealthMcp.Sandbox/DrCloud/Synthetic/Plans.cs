using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>Visits, what is planned, and what was written.</summary>
internal static class Plans
{
    public static JsonObject Encounter(Visit visit)
    {
        var (dice, who) = (visit.Dice, visit.Who);
        var (code, display) = dice.Of(("AMB", "ambulatory"), ("AMB", "ambulatory"), ("IMP", "inpatient encounter"), ("EMER", "emergency"), ("VR", "virtual"));
        var days = code == "IMP" ? dice.Between(1, 9) : 0;
        return who.Start("Encounter", "Visit", visit.Day, "encounter", visit.Id)
            .And("identifier", new JsonArray(new JsonObject { ["system"] = "urn:oid:2.16.840.1.113883.19.5.2", ["value"] = "V-" + visit.Id[..8] }))
            .And("status", dice.Of("finished", "finished", "finished", "finished", "in-progress", "cancelled"))
            .And("class", Node.Coding(Node.Terminology + "v3-ActCode", code, display))
            .And("type", new JsonArray(dice.Term("visit").Concept()))
            .And("subject", who.Patient)
            .And("participant", new JsonArray(new JsonObject { ["individual"] = who.DoctorRef }))
            .And("period", new JsonObject { ["start"] = $"{visit.Date}T09:30:00-05:00" }
                .And("end", dice.Chance(92) ? $"{Dice.Written(visit.Day.AddDays(days))}T{10 + dice.Between(0, 9)}:15:00-05:00" : null))
            .And("length", dice.Chance(40) ? Node.Quantity(dice.Between(10, 180), "min") : null)
            .And("reasonCode", dice.Chance(60) ? new JsonArray(dice.Term("condition").Concept()) : null)
            .And("location", new JsonArray(new JsonObject { ["location"] = Practice.LocationRef(who.Number + dice.Between(0, 1)) }))
            .And("serviceProvider", Practice.OrganizationRef(who.Number));
    }

    public static JsonObject Goal(Visit visit) => visit.Who.Start("Goal", "Goal", visit.Day, "goal")
        .And("lifecycleStatus", visit.Dice.Of("active", "active", "completed", "cancelled"))
        .And("description", new JsonObject { ["text"] = visit.Dice.Term("goal").Display })
        .And("subject", visit.Who.Patient)
        .And("startDate", visit.Dice.Chance(85) ? visit.Date : null)
        .And("target", visit.Dice.Chance(80) ? new JsonArray(new JsonObject { ["dueDate"] = Dice.Written(visit.Day.AddDays(visit.Dice.Between(30,
            300))) }) : null);

    public static IEnumerable<JsonObject> Plan(Visit visit)
    {
        var (dice, teamId) = (visit.Dice, visit.Who.NextId("CareTeam"));
        yield return visit.Who.Start("CarePlan", "Plan", visit.Day, "careplan")
            .And("status", dice.Of("active", "completed", "revoked"))
            .And("intent", "plan")
            .And(
                "category",
                new JsonArray(Node.Concept("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")))
            .And("subject", visit.Who.Patient)
            .And("encounter", visit.Reference)
            .And("period", new JsonObject { ["start"] = visit.Date }.And("end", dice.Chance(50) ? Dice.Written(visit.Day.AddDays(90)) : null))
            .And("careTeam", new JsonArray(Node.Ref("CareTeam", teamId)))
            .And("activity", dice.Chance(40) ? new JsonArray(new JsonObject { ["detail"] = Activity(visit) }) : null);
        yield return visit.Who.Start("CareTeam", "Team", visit.Day, "careteam", teamId)
            .And("status", dice.Of("active", "inactive"))
            .And("subject", visit.Who.Patient)
            .And("period", dice.Chance(60) ? new JsonObject { ["start"] = visit.Date } : null)
            .And("participant", new JsonArray(new JsonObject
            {
                ["role"] = new JsonArray(Node.Concept("http://snomed.info/sct", "223366009", "Healthcare professional")), ["member"] = visit.Who.DoctorRef,
            }));
    }

    public static JsonObject Appointment(Visit visit) => visit.Who.Start("Appointment", "Appointment", visit.Day)
        .And("status", visit.Dice.Of("booked", "fulfilled", "cancelled"))
        .And("start", $"{visit.Date}T14:00:00-05:00")
        .And("end", $"{visit.Date}T14:30:00-05:00")
        .And("participant", new JsonArray(
            new JsonObject { ["actor"] = visit.Who.Patient, ["status"] = "accepted" },
            new JsonObject { ["actor"] = visit.Who.DoctorRef, ["status"] = "tentative" }));

    public static JsonObject Device(Visit visit) => visit.Who.Start("Device", "Device", visit.Day, "implantable-device")
        .And("udiCarrier", new JsonArray(new JsonObject { ["deviceIdentifier"] = visit.Dice.Digits(14), ["carrierHRF"] = $"(01){visit.Dice.Digits(14)}" }))
        .And("status", visit.Dice.Of("active", "inactive"))
        .And("serialNumber", visit.Dice.Digits(9))
        .And("type", visit.Dice.Term("device").Concept())
        .And("patient", visit.Who.Patient);

    public static JsonObject Document(Visit visit)
    {
        var (dice, term, binary) = (visit.Dice, visit.Dice.Term("document"), visit.Who.NextId("Binary"));
        return visit.Who.Start("DocumentReference", term.Display, visit.Day, "documentreference")
            .And("identifier", new JsonArray(new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = "urn:uuid:" + binary }))
            .And("status", dice.Of("current", "current", "superseded"))
            .And("type", term.Concept())
            .And(
                "category",
                new JsonArray(Node.Concept("http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note")))
            .And("subject", visit.Who.Patient)
            .And("date", dice.Instant(visit.Day))
            .And("author", new JsonArray(visit.Who.DoctorRef))
            .And("custodian", Practice.OrganizationRef(visit.Who.Number))
            .And("content", new JsonArray(new JsonObject
            {
                ["attachment"] = new JsonObject { ["contentType"] = dice.Of("text/plain", "application/pdf"), ["url"] = "Binary/" + binary,
                    ["title"] = term.Display },
                ["format"] = Node.Coding("http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem", "urn:ihe:iti:xds:2017:mimeTypeSufficient"),
            }))
            .And("context", new JsonObject { ["encounter"] = new JsonArray(visit.Reference), ["period"] = new JsonObject { ["start"] = visit.Date,
                ["end"] = visit.Date } });
    }

    public static JsonObject Provenance(Visit visit, JsonObject target) => visit.Who.Start("Provenance", "Provenance", visit.Day, "provenance")
        .And("target", new JsonArray(new JsonObject { ["reference"] = FhirStore.Reference(target) }))
        .And("recorded", visit.Dice.Instant(visit.Day))
        .And("agent", new JsonArray(new JsonObject
        {
            ["type"] = Node.Term("provenance-participant-type", visit.Dice.Of("author", "transmitter"), "Part"), ["who"] = visit.Who.DoctorRef,
        }));

    private static JsonObject Activity(Visit visit) => new JsonObject { ["status"] = "scheduled" }
        .And("code", visit.Dice.Term("procedure").Concept())
        .And("scheduledPeriod", visit.Dice.Chance(50) ? new JsonObject { ["start"] = visit.Date, ["end"] = Dice.Written(visit.Day.AddDays(30)) } : null);
}
